import { Anchor, Grid, Stack, Text } from '@mantine/core'
import IconCalendarOff from '@tabler/icons-react/icons/IconCalendarOff'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../parts/error-state.tsx'
import { ForPerson } from '../../parts/for-person.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { MessageState } from '../../parts/message-state.tsx'
import { MoreButton } from '../../parts/more-button.tsx'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { QueryState } from '../../parts/query-state.tsx'
import { AbsenceCard } from './absence-card.tsx'
import { AbsenceForm } from './absence-form.tsx'
import { absencesOf } from './absences.ts'

/** Who decides while somebody is away: what they have recorded, and the form for the next absence. */
export function AbsencePage() {
  const { t } = useTranslation('absence')
  return (
    <Page title={t('title')}>
      <ForPerson>
        {({ person }) => (
          <Grid gap="md">
            <Grid.Col span={{ base: 12, md: 6 }}>
              <Stack gap="md">
                <AbsenceForm personId={person.id} />
                <WhatStays />
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, md: 6 }}>
              <Stack gap="md">
                <Absences personId={person.id} />
                <StandingIn personId={person.id} />
              </Stack>
            </Grid.Col>
          </Grid>
        )}
      </ForPerson>
    </Page>
  )
}

/** What an absence does not change. */
function WhatStays() {
  const { t } = useTranslation('absence')
  return (
    <Panel title={t('stays.title')}>
      <Stack gap="xs">
        <Text>
          {t('stays.open')}{' '}
          <Anchor renderRoot={(props) => <Link to="/actions" {...props} />} underline="always" inherit>
            {t('stays.actions')}
          </Anchor>
        </Text>
        <Text>{t('stays.not-delegated')}</Text>
        <Text>{t('stays.afterwards')}</Text>
      </Stack>
    </Panel>
  )
}

function Absences({ personId }: { personId: string }) {
  const { t } = useTranslation('absence')
  const query = useInfiniteQuery(absencesOf(personId, 'away'))
  const { data, error, refetch } = query
  if (!data) return error ? <ErrorState error={error} onRetry={refetch} /> : <LoadingState />
  const absences = data.pages.flatMap(({ items }) => items)
  if (absences.length === 0) {
    return (
      <MessageState icon={IconCalendarOff} title={t('empty.title')}>
        {t('empty.detail')}
      </MessageState>
    )
  }
  return (
    <div>
      <Stack component="ul" gap="sm" p={0} m={0} aria-label={t('list')}>
        {absences.map((absence) => (
          <AbsenceCard key={absence.id} absence={absence} />
        ))}
      </Stack>
      <MoreButton {...query} />
    </div>
  )
}

/** For whom the reader decides or will; nothing where that is nobody. */
function StandingIn({ personId }: { personId: string }) {
  const { t } = useTranslation('absence')
  const query = useInfiniteQuery(absencesOf(personId, 'stand-in'))
  if (!query.data) return query.error && <QueryState query={query} />
  const absences = query.data.pages.flatMap(({ items }) => items)
  if (absences.length === 0) return null
  return (
    <Panel title={t('standing-in')}>
      <Stack component="ul" gap="sm" p={0} m={0}>
        {absences.map((absence) => (
          <AbsenceCard key={absence.id} absence={absence} isStandIn />
        ))}
      </Stack>
      <MoreButton {...query} />
    </Panel>
  )
}
