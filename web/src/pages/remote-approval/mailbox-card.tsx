import { Group, Paper, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { healthOf } from './health-of.ts'
import type { Mailbox } from './mailboxes.ts'

/** One mailbox: its address, how it does, and what to do when it does not. */
export function MailboxCard({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useTranslation('remote-approval')
  const { word, kind } = healthOf(mailbox)
  const advice = mailbox.trouble?.message ?? mailbox.credential?.message
  return (
    <Paper component="li" withBorder px="lg" py="md">
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{String(mailbox.settings.user)}</Text>
        <StateBadge kind={kind}>{t(`health.${word}`)}</StateBadge>
      </Group>
      <Text c="dimmed" size="sm">
        {mailbox.name}
        {mailbox.lastReceivedAt !== null && (
          <>
            {' · '}
            {t('last-read')} <RelativeTime at={mailbox.lastReceivedAt} />
          </>
        )}
      </Text>
      {advice && (
        <Text size="sm" mt="xs">
          {advice}
        </Text>
      )}
    </Paper>
  )
}
