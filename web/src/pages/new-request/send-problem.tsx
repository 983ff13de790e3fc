import { Anchor, Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ProblemError, wordsOf } from '../../api/problem-error.ts'
import { ProblemAlert } from '../../parts/problem-alert.tsx'

interface SendProblemProps {
  error: unknown
  /** Sends what stands in the form as a request of its own. */
  onSendAnew: () => void
}

/** Why nothing was made of what was sent; when it was sent before and changed since, what became of it. */
export function SendProblem({ error, onSendAnew }: SendProblemProps) {
  const { t } = useTranslation('new-request')
  const isChanged = error instanceof ProblemError && error.problem.code === 'idempotency-conflict'
  const number = isChanged ? error.problem.values?.request : undefined
  if (number === undefined) {
    const unreachable = { title: t('unreachable.title'), detail: t('unreachable.detail') }
    return <ProblemAlert {...wordsOf(error, unreachable)} />
  }
  return (
    <ProblemAlert title={t('sent-before.title', { number })} detail={t('sent-before.detail')}>
      <Group mt="sm" gap="sm">
        <Anchor
          renderRoot={(props) => <Link to="/requests/$id" params={{ id: number }} {...props} />}
          underline="always"
          size="sm"
        >
          {t('sent-before.open', { number })}
        </Anchor>
        <Button variant="default" onClick={onSendAnew}>
          {t('sent-before.anew')}
        </Button>
      </Group>
    </ProblemAlert>
  )
}
