import { Button, Group, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ListItem } from '../../parts/list-item.tsx'
import { nameBrowser } from '../../parts/name-browser.ts'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { StateBadge } from '../../parts/state-badge.tsx'
import { endSession, type OwnSession, sessionsQuery } from './sessions.ts'

/** One browser that one is signed in with; all but this one can be ended here. */
export function SessionCard({ session }: { session: OwnSession }) {
  const { t } = useTranslation('sessions')
  const queries = useQueryClient()
  const end = useMutation({
    mutationFn: () => endSession(session.id),
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  })
  const { browser, system } = nameBrowser(session.userAgent)
  const name = [browser ?? t('unknown-browser'), ...(system === null ? [] : [system])].join(' · ')
  return (
    <ListItem>
      <Group justify="space-between" gap="sm">
        <div>
          <Text fw={600}>{name}</Text>
          <Text size="sm" c="dimmed">
            {t('used')} <RelativeTime at={session.lastSeenAt} />
            {' · '}
            {t('since')} <RelativeTime at={session.createdAt} />
          </Text>
          {end.error && (
            <Text size="sm" c="var(--mantine-color-error)" role="alert">
              {end.error.message}
            </Text>
          )}
        </div>
        {session.current ? (
          <StateBadge kind="done">{t('current')}</StateBadge>
        ) : (
          <Button
            variant="default"
            loading={end.isPending}
            onClick={() => end.mutate()}
            aria-label={t('end-named', { name })}
          >
            {t('end')}
          </Button>
        )}
      </Group>
    </ListItem>
  )
}
