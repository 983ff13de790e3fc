import { Button, PasswordInput, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../api/problem-error.ts'
import { welcome } from '../../api/session.ts'
import { SignInProblem } from './sign-in-problem.tsx'
import { useBeginSession } from './use-begin-session.ts'

/** As the server has it. */
const LEAST = 12

/** Sets the password of whom a link is for. */
export function PasswordForm({ token, address }: { token: string; address: string }) {
  const { t } = useTranslation('sign-in')
  const begin = useBeginSession(welcome)
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (value) => (value.length < LEAST ? t('welcome.too-short') : null) },
  })
  const { error } = begin
  // What the server says of the field stands at the field.
  const ofField = error instanceof ProblemError ? error.problem.problems[0]?.message : undefined
  const { error: ownError, ...input } = form.getInputProps('password')
  return (
    <form noValidate onSubmit={form.onSubmit(({ password }) => begin.mutate({ token, password }))}>
      {ofField === undefined && <SignInProblem error={error} />}
      <Stack gap="md">
        <Text>{t('welcome.lead', { address })}</Text>
        {/* For the browser's password manager. */}
        <input type="text" name="username" autoComplete="username" value={address} readOnly hidden />
        <PasswordInput
          label={t('welcome.password')}
          description={t('welcome.hint')}
          name="password"
          autoComplete="new-password"
          size="md"
          autoFocus
          visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
          {...input}
          error={ownError ?? ofField}
        />
        <Button type="submit" size="md" fullWidth loading={begin.isPending}>
          {t('welcome.submit')}
        </Button>
      </Stack>
    </form>
  )
}
