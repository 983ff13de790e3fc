import { Button } from '@mantine/core'
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle'
import IconLock from '@tabler/icons-react/icons/IconLock'
import IconPlugConnectedX from '@tabler/icons-react/icons/IconPlugConnectedX'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../api/problem-error.ts'
import { MessageState } from './message-state.tsx'

interface ErrorStateProps {
  error: unknown
  /** Asks again; left out where that would change nothing. */
  onRetry?: () => void
}

/** What went wrong in the place of content: the server's own words, or that it could not be reached. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const { t } = useTranslation()
  const retry = onRetry && (
    <Button variant="default" onClick={onRetry}>
      {t('error.retry')}
    </Button>
  )
  if (!(error instanceof ProblemError)) {
    return (
      <MessageState
        icon={IconPlugConnectedX}
        title={t('error.unreachable.title')}
        action={retry}
        role="alert"
      >
        {t('error.unreachable.detail')}
      </MessageState>
    )
  }
  const { title, detail, status, code } = error.problem
  // Pages that did not get to know their session get to know it in a moment.
  const isPassing = status >= 500 || status === 429 || code === 'cross-site-refused'
  const isForbidden = (status === 401 || status === 403) && !isPassing
  return (
    <MessageState
      icon={isForbidden ? IconLock : IconAlertTriangle}
      title={title}
      action={isPassing ? retry : undefined}
      role="alert"
    >
      {detail}
    </MessageState>
  )
}
