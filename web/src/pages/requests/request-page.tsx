import { Grid, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useDayOf } from '../../parts/day-of.ts'
import { ErrorState } from '../../parts/error-state.tsx'
import { EvidenceButton } from '../../parts/evidence-button.tsx'
import { FileList } from '../../parts/file-list.tsx'
import { FormFacts } from '../../parts/form-facts.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { useLocalText } from '../../parts/local-text.ts'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { CancelRequest } from './cancel-request.tsx'
import { RequestState } from './request-state.tsx'
import { RequestTimeline } from './request-timeline.tsx'
import { type Request, requestQuery } from './requests.ts'

/** One request: what was asked for, whom it waits for, and everything that happened. */
export function RequestPage() {
  const { id } = useParams({ from: '/shell/requests/$id' })
  const { data: request, error, refetch } = useQuery(requestQuery(Number(id)))
  const { t } = useTranslation('requests')
  const text = useLocalText()
  return (
    <Page
      title={request ? text(request.titles) : t('request', { number: id })}
      crumbs={[{ label: t('title'), to: '/requests' }]}
      actions={
        request && (
          <Group gap="sm">
            <EvidenceButton of="requests" id={request.id} />
            <RequestState request={request} />
          </Group>
        )
      }
    >
      {request ? (
        <Grid gap="md">
          <Grid.Col span={{ base: 12, md: 6 }}>
            <Stack gap="md">
              <WaitingFor request={request} />
              <Ended request={request} />
              <Panel title={t('asked-for')}>
                <FormFacts form={request.form} />
                <FileList request={request.id} files={request.files} />
                <Text size="sm" c="dimmed" mt="sm">
                  {t('request', { number: request.id })}
                  {' · '}
                  {request.requester.name}
                  {' · '}
                  <RelativeTime at={request.createdAt} />
                </Text>
              </Panel>
              {request.you.mayCancel && (
                <div>
                  <CancelRequest request={request} />
                </div>
              )}
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 6 }}>
            <Panel title={t('timeline')}>
              <RequestTimeline request={request} />
            </Panel>
          </Grid.Col>
        </Grid>
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <LoadingState />
      )}
    </Page>
  )
}

/** Of an open request: who is asked now, since when and until when; and who of them is away. */
function WaitingFor({ request }: { request: Request }) {
  const { t, i18n } = useTranslation('requests')
  const text = useLocalText()
  const dayOf = useDayOf()
  const action = request.actions.find(({ status }) => status === 'open')
  if (!action) return null
  const names = action.assignees.map(({ name }) => name)
  const list = new Intl.ListFormat(i18n.language, { type: 'disjunction' }).format(names)
  return (
    <Panel title={names.length === 0 ? t('waits-for-nobody') : t('waits-for', { names: list })}>
      <Stack gap={4}>
        <Text>
          {text(action.title)}
          {' · '}
          <RelativeTime at={action.openedAt} />
        </Text>
        {action.dueAt !== null && (
          <Text size="sm" c="dimmed">
            {t('due', { day: dayOf(action.dueAt) })}
          </Text>
        )}
        {action.absences.map(({ person, returnsOn }) => (
          <Text key={person.id} size="sm">
            {returnsOn === null
              ? t('away', { name: person.name })
              : t('away-until', { name: person.name, day: dayOf(`${returnsOn}T12:00`) })}
          </Text>
        ))}
      </Stack>
    </Panel>
  )
}

/** Of a request that has come to an end of its process: how the process calls it, and since when it is so. */
function Ended({ request: { endingTitle, closedAt } }: { request: Request }) {
  const { t } = useTranslation('requests')
  const text = useLocalText()
  if (endingTitle === null || closedAt === null) return null
  return (
    <Panel title={text(endingTitle)}>
      <Text>
        {t('ended')} <RelativeTime at={closedAt} />
      </Text>
    </Panel>
  )
}
