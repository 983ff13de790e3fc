import { Anchor, Box, SimpleGrid, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../../parts/error-state.tsx'
import { Facts } from '../../../parts/facts.tsx'
import { LoadingState } from '../../../parts/loading-state.tsx'
import { Page } from '../../../parts/page.tsx'
import { Panel } from '../../../parts/panel.tsx'
import { StateBadge } from '../../../parts/state-badge.tsx'
import { type PersonDetail, personQuery } from '../people.ts'
import { useMayChange } from '../use-may-change.ts'
import { AbsencesPanel } from './absences-panel.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { OpenActionsPanel } from './open-actions-panel.tsx'
import { PersonEditor } from './person-editor.tsx'
import { PresencePanel } from './presence-panel.tsx'
import { SignInPanel } from './sign-in-panel.tsx'

/** One person: who they are, what waits for them, who stands in for them, and what was changed by whom. */
export function PersonPage() {
  const { t } = useTranslation('people')
  const { id } = useParams({ from: '/shell/people/$id' })
  const { data: person, error, refetch } = useQuery(personQuery(id))
  const crumbs = [{ label: t('title'), to: '/people' }] as const
  if (!person) {
    return (
      <Page title={t('title')} crumbs={[...crumbs]}>
        {error ? <ErrorState error={error} onRetry={refetch} /> : <LoadingState />}
      </Page>
    )
  }
  return (
    <Page
      title={person.name}
      crumbs={[...crumbs]}
      actions={
        <StateBadge kind={person.active ? 'done' : 'quiet'}>{t(`active.${person.active}`)}</StateBadge>
      }
    >
      <Contents key={id} person={person} />
    </Page>
  )
}

function Contents({ person }: { person: PersonDetail }) {
  const mayChange = useMayChange()
  return (
    <Stack gap="lg">
      {mayChange ? <PersonEditor person={person} /> : <PersonFacts person={person} />}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <OpenActionsPanel person={person} />
        <AbsencesPanel person={person} mayChange={mayChange} />
        <Memberships person={person} />
        <SignInPanel person={person} />
      </SimpleGrid>
      {mayChange && <PresencePanel person={person} />}
      <HistoryPanel id={person.id} />
    </Stack>
  )
}

/** The same as the form, for who only reads. */
function PersonFacts({ person }: { person: PersonDetail }) {
  const { t } = useTranslation('people')
  return (
    <Panel title={t('who.title')}>
      <Facts
        facts={[
          [t('field.address'), person.address],
          [t('field.role'), t(`role.${person.role}`)],
          [t('field.locale'), t(`locale.${person.locale}`)],
          [t('field.manager'), person.managedBy?.name],
          [t('field.aliases'), person.aliases.join(', ')],
        ]}
      />
    </Panel>
  )
}

function Memberships({ person: { memberOf } }: { person: PersonDetail }) {
  const { t } = useTranslation('people')
  return (
    <Panel title={t('field.groups')}>
      {memberOf.length === 0 && <Text c="dimmed">{t('groups.none')}</Text>}
      <Box component="ul" pl="md" m={0}>
        {memberOf.map(({ id, name }) => (
          <li key={id}>
            <Anchor renderRoot={(props) => <Link to="/people/groups/$id" params={{ id }} {...props} />}>
              {name}
            </Anchor>
          </li>
        ))}
      </Box>
    </Panel>
  )
}
