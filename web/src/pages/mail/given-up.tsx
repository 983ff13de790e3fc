import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '../../parts/error-state.tsx'
import { type Message, runAgain } from './messages.ts'
import { useMayAct } from './use-may-act.ts'

/** Of a message that was given up or came back: what happened, what to do, and the button to have it run again. */
export function GivenUp({ message }: { message: Message }) {
  const { t } = useTranslation('mail')
  const queryClient = useQueryClient()
  const again = useMutation({
    mutationFn: (evenIfSent: boolean) => runAgain(message.id, evenIfSent),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['message', message.id] }),
  })
  const mayRun = useMayAct()
  if (message.explanation === null) {
    return again.isSuccess ? <Text role="status">{t('run-again.done')}</Text> : null
  }
  const { error, explanation } = message
  // Nobody knows whether it went out: sending it again is somebody's decision.
  const isUnknown = error?.code === 'outcome-unknown'
  return (
    <Alert color="red" variant="outline" icon={<IconAlertTriangle aria-hidden />} title={t('stuck')}>
      <Stack gap="sm" align="flex-start">
        <Text>{explanation}</Text>
        {error && (
          <Text size="sm" c="dimmed">
            <bdi>
              {error.code} {error.message}
            </bdi>
          </Text>
        )}
        {again.error && <ErrorState error={again.error} />}
        {mayRun && (
          <Group gap="sm">
            <Button loading={again.isPending} onClick={() => again.mutate(false)}>
              {t(isUnknown ? 'run-again.ask' : 'run-again.button')}
            </Button>
            {isUnknown && (
              <Button variant="default" disabled={again.isPending} onClick={() => again.mutate(true)}>
                {t('run-again.even-if-sent')}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </Alert>
  )
}
