import { Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../../parts/error-state.tsx'
import { MoreButton } from '../../../parts/more-button.tsx'
import { Panel } from '../../../parts/panel.tsx'
import { RelativeTime } from '../../../parts/relative-time.tsx'
import { groupHistoryQuery } from './groups.ts'

/** When a group was made and what it was called, by whom; who came and went stands on each person's page. */
export function GroupHistory({ id }: { id: string }) {
  const { t } = useTranslation('people')
  const query = useInfiniteQuery(groupHistoryQuery(id))
  const events = query.data?.pages.flatMap(({ items }) => items)
  return (
    <Panel title={t('history.title')}>
      {query.error && !events && <ErrorState error={query.error} onRetry={query.refetch} />}
      <Stack gap="md">
        {events?.map(({ id: event, kind, name, formerName, by, at }) => (
          <div key={event}>
            <Text>{t(`groups.history.${kind}`, { name, formerName })}</Text>
            <Text size="sm" c="dimmed">
              {by?.name ?? t('history.operator')} · <RelativeTime at={at} />
            </Text>
          </div>
        ))}
      </Stack>
      <MoreButton {...query} />
    </Panel>
  )
}
