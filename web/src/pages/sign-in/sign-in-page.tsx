import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { sessionQuery, signIn } from '../../api/session.ts'
import { wayBack } from '../../app/lead-to-sign-in.ts'
import { SignInFrame } from './sign-in-frame.tsx'
import { SignInProblem } from './sign-in-problem.tsx'
import { useBeginSession } from './use-begin-session.ts'

/** Signs somebody in by address and password, and leads back to the page that they wanted. */
export function SignInPage() {
  const { t } = useTranslation('sign-in')
  const { to } = useSearch({ from: '/sign-in' })
  const { history } = useRouter()
  const { data: session } = useQuery(sessionQuery)
  const begin = useBeginSession(signIn, to)
  const form = useForm({
    initialValues: { address: '', password: '' },
    validate: {
      address: (value) => (value.trim() === '' ? t('address.missing') : null),
      password: (value) => (value === '' ? t('password.missing') : null),
    },
  })
  const isSignedIn = session !== undefined && session !== null
  useEffect(() => {
    if (isSignedIn) history.replace(wayBack(to))
  }, [isSignedIn, history, to])
  return (
    <SignInFrame title={t('title')}>
      <form noValidate onSubmit={form.onSubmit((values) => begin.mutate(values))}>
        <SignInProblem error={begin.error} />
        <Stack gap="md">
          <TextInput
            label={t('address.label')}
            type="email"
            name="username"
            autoComplete="username"
            size="md"
            autoFocus
            {...form.getInputProps('address')}
          />
          <PasswordInput
            label={t('password.label')}
            name="password"
            autoComplete="current-password"
            size="md"
            visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" fullWidth loading={begin.isPending}>
            {t('submit')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('forgotten')}
          </Text>
        </Stack>
      </form>
    </SignInFrame>
  )
}
