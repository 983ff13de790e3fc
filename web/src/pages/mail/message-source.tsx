import { Anchor, Button, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../parts/panel.tsx'
import { QueryState } from '../../parts/query-state.tsx'
import classes from './message-source.module.css'
import { sourceAddress, sourceQuery } from './messages.ts'

/** The octets of a message as they came, for whoever asks; to look at, and then to keep. */
export function MessageSource({ id }: { id: string }) {
  const { t } = useTranslation('mail')
  const [isAsked, setAsked] = useState(false)
  return (
    <Panel title={t('source.title')}>
      {isAsked ? (
        <Octets id={id} />
      ) : (
        <Button variant="default" onClick={() => setAsked(true)}>
          {t('source.show')}
        </Button>
      )}
    </Panel>
  )
}

function Octets({ id }: { id: string }) {
  const { t } = useTranslation('mail')
  const query = useQuery(sourceQuery(id))
  const { data } = query
  if (!data) return <QueryState query={query} />
  return (
    <Stack gap="sm" align="stretch">
      <Anchor href={sourceAddress(id)} download={`${id}.eml`}>
        {t('source.download')}
      </Anchor>
      {data.isMasked && <Text size="sm">{t('source.masked')}</Text>}
      <div className={classes.scroll}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
        <pre className={classes.octets} tabIndex={0}>
          {data.text}
        </pre>
      </div>
      {data.isCut && <Text size="sm">{t('source.cut')}</Text>}
    </Stack>
  )
}
