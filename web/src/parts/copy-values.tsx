import { ActionIcon, CopyButton } from '@mantine/core'
import IconCheck from '@tabler/icons-react/icons/IconCheck'
import IconCopy from '@tabler/icons-react/icons/IconCopy'
import { useTranslation } from 'react-i18next'
import classes from './copy-values.module.css'

interface CopyValuesProps {
  values: {
    label: string
    /** Null where it is not known; what to do then stands in `missing`. */
    value: string | null
    missing?: string
  }[]
}

/** Values that are to be entered elsewhere, each with a button that copies it. */
export function CopyValues({ values }: CopyValuesProps) {
  const { t } = useTranslation()
  return (
    <dl className={classes.values}>
      {values.map(({ label, value, missing }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value === null ? (
              <span className={classes.missing}>{missing}</span>
            ) : (
              <>
                <code>{value}</code>
                <CopyButton value={value}>
                  {({ copied, copy }) => (
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      onClick={copy}
                      aria-label={t(copied ? 'copy.value-copied' : 'copy.value', { label })}
                    >
                      {copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
                    </ActionIcon>
                  )}
                </CopyButton>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
