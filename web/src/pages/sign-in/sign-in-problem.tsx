import { Alert } from '@mantine/core'
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../api/problem-error.ts'
import { SessionNotKept } from './use-begin-session.ts'

/** Why signing in did not work, and what to do. */
export function SignInProblem({ error }: { error: Error | null }) {
  const { t } = useTranslation('sign-in')
  const { t: shell } = useTranslation()
  if (error === null) return null
  const [title, detail] =
    error instanceof ProblemError
      ? [error.problem.title, error.problem.detail]
      : error instanceof SessionNotKept
        ? [t('not-kept.title'), t('not-kept.detail')]
        : [shell('error.unreachable.title'), shell('error.unreachable.detail')]
  return (
    <Alert
      color="var(--state-failed)"
      variant="outline"
      title={title}
      icon={<IconAlertTriangle aria-hidden />}
      role="alert"
      mb="lg"
    >
      {detail}
    </Alert>
  )
}
