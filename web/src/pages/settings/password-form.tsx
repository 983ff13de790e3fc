import { Button, Group, PasswordInput, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ProblemError, wordsOf } from '../../api/problem-error.ts'
import { Panel } from '../../parts/panel.tsx'
import { ProblemAlert } from '../../parts/problem-alert.tsx'
import { showFaults } from '../../parts/show-faults.ts'
import { SavedNote } from './saved-note.tsx'
import { changePassword } from './settings.ts'

/** As the server has it. */
const LEAST = 12

/** Sets another password; whoever sits here has to know the one before. */
export function PasswordForm({ address }: { address: string }) {
  const { t } = useTranslation('settings')
  const form = useForm({
    initialValues: { current: '', password: '' },
    validate: {
      current: (value) => (value === '' ? t('password.current-missing') : null),
      password: (value) => (value.length < LEAST ? t('password.too-short') : null),
    },
  })
  const changing = useMutation({
    mutationFn: changePassword,
    onSuccess: () => form.reset(),
    onError: (error) => {
      if (!(error instanceof ProblemError)) return
      const { problem } = error
      if (problem.code === 'password-wrong') showFaults(form, { current: problem.detail })
      else showFaults(form, Object.fromEntries(problem.problems.map(({ path, message }) => [path, message])))
    },
  })
  const { error } = changing
  const isAtField =
    error instanceof ProblemError &&
    (error.problem.code === 'password-wrong' || error.problem.problems.length > 0)
  const show = { 'aria-label': t('password.show') }
  return (
    <Panel title={t('password.title')}>
      <form noValidate onSubmit={form.onSubmit((values) => changing.mutate(values))}>
        <Stack gap="md">
          {/* For the browser's password manager. */}
          <input type="text" name="username" autoComplete="username" value={address} readOnly hidden />
          <PasswordInput
            label={t('password.current')}
            name="current-password"
            autoComplete="current-password"
            size="md"
            visibilityToggleButtonProps={show}
            {...form.getInputProps('current')}
          />
          <PasswordInput
            label={t('password.new')}
            description={t('password.hint')}
            name="new-password"
            autoComplete="new-password"
            size="md"
            visibilityToggleButtonProps={show}
            {...form.getInputProps('password')}
          />
          {error && !isAtField && (
            <ProblemAlert
              {...wordsOf(error, { title: t('unreachable.title'), detail: t('unreachable.detail') })}
            />
          )}
          <Group gap="md">
            <Button type="submit" loading={changing.isPending}>
              {t('password.submit')}
            </Button>
            {changing.isSuccess && !form.isDirty() && <SavedNote>{t('password.changed')}</SavedNote>}
          </Group>
        </Stack>
      </form>
    </Panel>
  )
}
