import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { ProblemError } from '../../api/problem-error.ts'
import { ErrorState } from '../../parts/error-state.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { PasswordForm } from './password-form.tsx'
import { SignInFrame } from './sign-in-frame.tsx'
import { SignInProblem } from './sign-in-problem.tsx'

/** Where a link of the command line leads: somebody sets their password and is signed in. */
export function WelcomePage() {
  const { t } = useTranslation('sign-in')
  // In the fragment, which browsers send to no server.
  const token = useLocation().hash
  const {
    data: person,
    error,
    refetch,
  } = useQuery({
    queryKey: ['welcome', token],
    queryFn: () => answerOf(api.POST('/api/session/welcome/check', { body: { token } })),
    // Once it is used, the link is worth nothing.
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (error instanceof ProblemError) {
    return (
      <SignInFrame title={t('welcome.unusable')}>
        <SignInProblem error={error} />
        <Anchor renderRoot={(props) => <Link to="/sign-in" {...props} />}>
          {t('welcome.have-password')}
        </Anchor>
      </SignInFrame>
    )
  }
  return (
    <SignInFrame title={person ? t('welcome.title', { name: person.name }) : t('welcome.loading')}>
      {person ? (
        <PasswordForm token={token} address={person.address} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <LoadingState />
      )}
    </SignInFrame>
  )
}
