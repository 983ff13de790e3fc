import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../parts/panel.tsx'
import { ReadText } from '../../parts/reading/read-text.tsx'
import type { Inbound } from './messages.ts'

/** The text of a reply, every stretch of it with the name of what it was taken for. */
export function TheirWords({
  message,
}: {
  message: Pick<Inbound, 'reading' | 'words' | 'erasedAt' | 'state'>
}) {
  const { t } = useTranslation('mail')
  const { reading, words } = message
  return (
    <Panel title={t('words.title')}>
      {reading && words ? (
        <ReadText reading={reading} words={words} />
      ) : (
        <Text c="dimmed">{t(`words.${whyNothing(message)}`)}</Text>
      )}
    </Panel>
  )
}

function whyNothing({ erasedAt, state }: Pick<Inbound, 'erasedAt' | 'state'>) {
  if (erasedAt !== null) return 'erased'
  return state === 'received' ? 'waiting' : 'unread'
}
