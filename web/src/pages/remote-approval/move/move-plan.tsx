import { Button, Group, List, Modal, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../../api/client.ts'
import { Callout } from '../../../parts/callout.tsx'
import { ErrorState } from '../../../parts/error-state.tsx'
import { LoadingState } from '../../../parts/loading-state.tsx'
import classes from '../doctor/check.module.css'
import { CheckStep } from '../doctor/check-step.tsx'
import { inFormWords } from '../form/field-paths.ts'

interface MovePlanProps {
  name: string
  isOpen: boolean
  onClose: () => void
  /** Once the mailbox was moved. */
  onMoved: () => Promise<void>
}

/** The server's plan for the move to Microsoft Graph, or with `dryRun` false the move itself. */
const migrate = (name: string, dryRun: boolean) =>
  answerOf(api.POST('/api/mailboxes/{name}/migrate', { params: { path: { name } }, body: { dryRun } }))

/** What the move takes and does, tried out before it is offered; nothing changes until it is asked for here. */
export function MovePlan({ name, isOpen, onClose, onMoved }: MovePlanProps) {
  const { t } = useTranslation('remote-approval')
  const plan = useQuery({
    queryKey: ['move-plan', name],
    queryFn: () => migrate(name, true),
    enabled: isOpen,
    // It is the state of this moment, and tried only when asked for.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const move = useMutation({
    mutationFn: () => migrate(name, false),
    onSuccess: async () => {
      onClose()
      await onMoved()
    },
  })
  const { data } = plan
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('move.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('move.close') }}
    >
      {plan.isFetching ? (
        <>
          <Text c="dimmed" mb="md">
            {t('move.trying')}
          </Text>
          <LoadingState />
        </>
      ) : plan.error ? (
        <ErrorState error={plan.error} onRetry={plan.refetch} />
      ) : (
        data && (
          <Stack gap="lg">
            <Callout
              kind={data.ready ? 'done' : 'failed'}
              title={t(data.ready ? 'move.ready' : 'move.not-ready')}
            >
              {t(data.ready ? 'move.ready-detail' : 'move.not-ready-detail')}
            </Callout>
            <section>
              <Title order={3}>{t('move.checks')}</Title>
              <ol className={classes.steps}>
                {data.checks.map((check) => (
                  <CheckStep key={check.id} check={check} mailbox={name} />
                ))}
              </ol>
            </section>
            <section>
              <Title order={3}>{t('move.changes')}</Title>
              <List size="sm">
                {data.changes.map(({ setting, from, to }) => (
                  <List.Item key={setting}>
                    {t('move.change', { setting: inFormWords(setting, t), from, to })}
                  </List.Item>
                ))}
              </List>
            </section>
            <section>
              <Title order={3}>{t('move.concerns')}</Title>
              <List size="sm">
                {data.concerns.map(({ id, message }) => (
                  <List.Item key={id}>{message}</List.Item>
                ))}
              </List>
            </section>
            {move.error && <ErrorState error={move.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('move.close')}
              </Button>
              {data.ready ? (
                <Button onClick={() => move.mutate()} loading={move.isPending}>
                  {t('move.move')}
                </Button>
              ) : (
                <Button onClick={() => plan.refetch()}>{t('move.again')}</Button>
              )}
            </Group>
          </Stack>
        )
      )}
    </Modal>
  )
}
