import { Box, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { withFirstOfMonth } from '../../../parts/first-of-month.ts'
import { MoreButton } from '../../../parts/more-button.tsx'
import { useNotation } from '../../../parts/notation.ts'
import { Panel } from '../../../parts/panel.tsx'
import { QueryState } from '../../../parts/query-state.tsx'
import { RelativeTime } from '../../../parts/relative-time.tsx'
import { useTimeZone } from '../../../parts/time-zone.ts'
import { describeChange } from '../describe-change.ts'
import { historyQuery, type PersonEvent } from '../people.ts'

/** What was changed of somebody, by whom and when: it decides who may approve. */
export function HistoryPanel({ id }: { id: string }) {
  const { t } = useTranslation('people')
  const query = useInfiniteQuery(historyQuery(id))
  const events = query.data?.pages.flatMap(({ items }) => items)
  return (
    <Panel title={t('history.title')}>
      <QueryState query={query} />
      {events?.length === 0 && <Text c="dimmed">{t('history.none')}</Text>}
      <Stack gap="md">
        {events?.map((event) => (
          <Event key={event.id} event={event} />
        ))}
      </Stack>
      <MoreButton {...query} />
    </Panel>
  )
}

function Event({ event }: { event: PersonEvent }) {
  const { t } = useTranslation('people')
  const notation = useNotation()
  const format = new Intl.DateTimeFormat(notation, { dateStyle: 'medium', timeZone: useTimeZone() })
  const by = event.by?.name ?? t('history.operator')
  return (
    <div>
      <Text>{headline(event, t, (at) => withFirstOfMonth(format.format(at), notation))}</Text>
      {event.changes.length > 0 && (
        <Box component="ul" pl="md" my={2}>
          {event.changes.map((change) => (
            <li key={change.field}>
              <Text size="sm">{describeChange(change, t)}</Text>
            </li>
          ))}
        </Box>
      )}
      <Text size="sm" c="dimmed">
        {by} · <RelativeTime at={event.at} />
      </Text>
    </div>
  )
}

function headline(
  { kind, group, delegation }: PersonEvent,
  t: TFunction<'people'>,
  day: (at: number) => string,
): string {
  if (delegation === null) return t(`history.kind.${kind}`, { group })
  const { to, startsAt, endsAt } = delegation
  const period = { from: day(Date.parse(startsAt)), until: day(Date.parse(endsAt) - 1) }
  return t(`history.kind.${kind}`, { to, ...period })
}
