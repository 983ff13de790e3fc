import { Anchor, Grid, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useDayOf } from '../../parts/day-of.ts'
import { ErrorState } from '../../parts/error-state.tsx'
import { FileList } from '../../parts/file-list.tsx'
import { FormFacts } from '../../parts/form-facts.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { useLocalText } from '../../parts/local-text.ts'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { ActionState } from './action-state.tsx'
import { type ActionDetail, actionQuery } from './actions.ts'
import { AnswerPanel } from './answer-panel.tsx'

/** One approval, to be decided on with one press: what is asked for, by whom, and the question. */
export function ActionPage() {
  const { id } = useParams({ from: '/shell/actions/$id' })
  const { data: action, error, refetch } = useQuery(actionQuery(id))
  const { t } = useTranslation('actions')
  const text = useLocalText()
  return (
    <Page
      title={action ? text(action.request.titles) : t('action')}
      crumbs={[{ label: t('title'), to: '/actions' }]}
      actions={action && <ActionState action={action} />}
    >
      {action ? (
        <Grid gap="md">
          <Grid.Col span={{ base: 12, md: 6 }}>
            <RequestPanel action={action} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 6 }}>
            <AnswerPanel key={action.id} action={action} />
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

function RequestPanel({ action }: { action: ActionDetail }) {
  const { t } = useTranslation('actions')
  const { request } = action
  const dayOf = useDayOf()
  const handedOn = action.assignees.find((assignee) => assignee.handedOnBy)?.handedOnBy
  return (
    <Panel title={t('asked-by', { name: request.requester.name })}>
      <Stack gap="sm">
        <div>
          <FormFacts form={action.form} />
          <FileList request={request.id} files={action.files} />
        </div>
        <Text size="sm" c="dimmed">
          <Anchor
            renderRoot={(props) => <Link to="/requests/$id" params={{ id: String(request.id) }} {...props} />}
            underline="always"
          >
            {t('request', { number: request.id })}
          </Anchor>
          {' · '}
          <RelativeTime at={action.openedAt} />
          {action.dueAt !== null &&
            action.status === 'open' &&
            ` · ${t('due', { day: dayOf(action.dueAt) })}`}
        </Text>
        {handedOn && (
          <Text size="sm" c="dimmed">
            {t('handed-on-by', { name: handedOn.name })}
          </Text>
        )}
      </Stack>
    </Panel>
  )
}
