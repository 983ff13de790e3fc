import { Button, CopyButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './commands.module.css'

/** Commands to be pasted elsewhere, and the button that copies them. */
export function Commands({ text }: { text: string }) {
  const { t } = useTranslation()
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className={classes.commands}>
        {text}
      </pre>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button size="xs" variant="default" onClick={copy}>
            {t(copied ? 'copy.copied' : 'copy.copy')}
          </Button>
        )}
      </CopyButton>
    </>
  )
}
