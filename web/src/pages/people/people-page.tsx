import { Button, Group, Text } from '@mantine/core'
import IconUserPlus from '@tabler/icons-react/icons/IconUserPlus'
import IconUserSearch from '@tabler/icons-react/icons/IconUserSearch'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../parts/error-state.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { MessageState } from '../../parts/message-state.tsx'
import { MoreButton } from '../../parts/more-button.tsx'
import { Page } from '../../parts/page.tsx'
import { peopleQuery } from './people.ts'
import { PeopleFilters } from './people-filters.tsx'
import { PeopleTable } from './people-table.tsx'
import { PeopleTabs } from './people-tabs.tsx'
import { useMayChange } from './use-may-change.ts'

/** The directory: who requests, approves and administers. */
export function PeoplePage() {
  const { t } = useTranslation('people')
  const filter = useSearch({ from: '/shell/people' })
  const mayChange = useMayChange()
  const query = useInfiniteQuery(peopleQuery(filter))
  const { data, error, refetch } = query
  if (error && !data) {
    return (
      <Page title={t('title')}>
        <ErrorState error={error} onRetry={refetch} />
      </Page>
    )
  }
  const people = data?.pages.flatMap(({ items }) => items)
  return (
    <Page title={t('title')} actions={mayChange && <Buttons />}>
      <Text c="dimmed" mt={-16} mb="md">
        {t(mayChange ? 'lead' : 'lead-auditor')}
      </Text>
      <PeopleTabs />
      <PeopleFilters filter={filter} />
      {people === undefined && <LoadingState />}
      {people?.length === 0 && (
        <MessageState
          icon={IconUserSearch}
          title={t('empty.title')}
          action={
            <Button variant="default" renderRoot={(props) => <Link to="/people" search={{}} {...props} />}>
              {t('filter.clear')}
            </Button>
          }
        >
          {t('empty.detail')}
        </MessageState>
      )}
      {people !== undefined && people.length > 0 && <PeopleTable people={people} />}
      <MoreButton {...query} />
    </Page>
  )
}

function Buttons() {
  const { t } = useTranslation('people')
  return (
    <Group gap="sm">
      <Button variant="default" renderRoot={(props) => <Link to="/people/import" {...props} />}>
        {t('import.open')}
      </Button>
      <Button
        leftSection={<IconUserPlus size={18} stroke={1.75} aria-hidden />}
        renderRoot={(props) => <Link to="/people/new" {...props} />}
      >
        {t('new.open')}
      </Button>
    </Group>
  )
}
