import { Anchor, Box, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../../parts/error-state.tsx'
import { useLocalText } from '../../../parts/local-text.ts'
import { Panel } from '../../../parts/panel.tsx'
import { RelativeTime } from '../../../parts/relative-time.tsx'
import { openActionsQuery, type PersonDetail } from '../people.ts'

/** What waits for somebody, oldest first. */
export function OpenActionsPanel({ person }: { person: PersonDetail }) {
  const { t } = useTranslation('people')
  const { error, refetch } = useQuery(openActionsQuery(person.address))
  return (
    <Panel title={t('open.title', { count: person.openActions })}>
      {error ? <ErrorState error={error} onRetry={refetch} /> : <OpenActions address={person.address} />}
      {person.openActions > 50 && (
        <Text c="dimmed" size="sm" mt="sm">
          {t('open.more')}
        </Text>
      )}
    </Panel>
  )
}

/** The same as a list alone. */
export function OpenActions({ address }: { address: string }) {
  const { t } = useTranslation('people')
  const text = useLocalText()
  const { data } = useQuery(openActionsQuery(address))
  if (data?.items.length === 0) return <Text c="dimmed">{t('open.none')}</Text>
  return (
    <Box component="ul" pl="md" m={0}>
      {data?.items.map((action) => (
        <li key={action.id}>
          <Anchor renderRoot={(props) => <Link to="/actions/$id" params={{ id: action.id }} {...props} />}>
            #{action.request.id} {text(action.request.titles)}
          </Anchor>
          <Text size="sm" c="dimmed">
            {text(action.title)} · <RelativeTime at={action.openedAt} />
            {action.assignees.length > 1 && ` · ${t('open.others', { count: action.assignees.length - 1 })}`}
          </Text>
        </li>
      ))}
    </Box>
  )
}
