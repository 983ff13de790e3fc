import { Group, List, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../parts/panel.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import type { Inbound } from './messages.ts'

const kinds = { accepted: 'done', held: 'waiting', rejected: 'failed' } as const

/** Whether it was them, under which policy, and why: what weighed most comes first. */
export function TrustPanel({ verdict }: { verdict: Inbound['verdict'] }) {
  const { t } = useTranslation('mail')
  return (
    <Panel title={t('trust.title')}>
      {verdict ? (
        <>
          <Group gap="xs" mb="xs">
            <StateBadge kind={kinds[verdict.verdict]}>{t(`trust.verdict.${verdict.verdict}`)}</StateBadge>
            <Text size="sm" c="dimmed">
              {t(`trust.policy.${verdict.policy}`)}
            </Text>
          </Group>
          <List size="sm">
            {verdict.reasons.map(({ code, message }) => (
              <List.Item key={code}>{message}</List.Item>
            ))}
          </List>
        </>
      ) : (
        <Text c="dimmed" size="sm">
          {t('trust.none')}
        </Text>
      )}
    </Panel>
  )
}
