import { Anchor, Group, Paper, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLongDay } from '../../parts/long-day.ts'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { healthOf } from './health-of.ts'
import type { Mailbox } from './mailboxes.ts'

/** One mailbox: its address, how it does, and what to do when it does not. */
export function MailboxCard({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useTranslation('remote-approval')
  const longDay = useLongDay()
  const { word, kind } = healthOf(mailbox)
  const advice = mailbox.trouble?.message ?? mailbox.credential?.message
  return (
    <Paper component="li" withBorder px="lg" py="md">
      <Group justify="space-between" gap="xs">
        <Anchor
          fw={600}
          c="var(--mantine-color-text)"
          renderRoot={(props) => (
            <Link
              to="/configuration/remote-approval/$mailbox"
              params={{ mailbox: mailbox.name }}
              {...props}
            />
          )}
        >
          {mailbox.settings.user}
        </Anchor>
        <StateBadge kind={kind}>{t(`health.${word}`)}</StateBadge>
      </Group>
      <Text c="dimmed" size="sm">
        {mailbox.name} · {t(`type.${mailbox.settings.type}`)}
        {mailbox.lastReceivedAt !== null && (
          <>
            {' · '}
            {t('last-read')} <RelativeTime at={mailbox.lastReceivedAt} />
          </>
        )}
      </Text>
      {mailbox.retirement !== null && (
        <Text size="sm" mt="xs" c="var(--state-waiting)">
          {t(`ews-end.title.${mailbox.retirement.state}`, {
            date: longDay(mailbox.retirement.endsOn),
          })}
        </Text>
      )}
      {advice && (
        <Text size="sm" mt="xs">
          {advice}
        </Text>
      )}
    </Paper>
  )
}
