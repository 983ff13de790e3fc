import { Button, Collapse, Group, Stack, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import IconUserShare from '@tabler/icons-react/icons/IconUserShare'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../api/problem-error.ts'
import { PersonInput } from '../../parts/person-input.tsx'
import { type ActionDetail, handOn } from './actions.ts'
import classes from './hand-on-form.module.css'

interface HandOnFormProps {
  action: ActionDetail
  onHandedOn: (to: string) => void
}

/** Asks somebody else in one's place, as far as the step lets one. */
export function HandOnForm({ action, onHandedOn }: HandOnFormProps) {
  const { t } = useTranslation('actions')
  const [isOpen, { toggle }] = useDisclosure(false)
  const form = useForm({ initialValues: { to: '', comment: '' } })
  const handing = useMutation({
    mutationFn: (values: { to: string; comment: string }) => handOn(action.id, values),
    onSuccess: (_, { to }) => onHandedOn(to),
    onError: (error) =>
      form.setFieldError('to', error instanceof ProblemError ? said(error) : t('unreachable.detail')),
  })
  const { delegation } = action
  return (
    <div className={classes.other}>
      <Button
        variant="subtle"
        px="xs"
        ml={-8}
        leftSection={<IconUserShare size={18} stroke={1.75} aria-hidden />}
        onClick={toggle}
        aria-expanded={isOpen}
      >
        {t('hand-on.open')}
      </Button>
      <Collapse expanded={isOpen}>
        <form onSubmit={form.onSubmit((values) => handing.mutate(values))} noValidate>
          <Stack gap="sm" pt="sm">
            <PersonInput
              label={t('hand-on.to')}
              description={
                delegation.kind === 'group' ? t('hand-on.group', { group: delegation.name }) : undefined
              }
              {...form.getInputProps('to')}
            />
            <Textarea
              label={t('hand-on.comment')}
              autosize
              minRows={2}
              maxRows={8}
              maxLength={20_000}
              size="md"
              {...form.getInputProps('comment')}
            />
            <Group>
              <Button type="submit" variant="default" loading={handing.isPending}>
                {t('hand-on.submit')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Collapse>
    </div>
  )
}

/** The server's words, of the field where it names one. */
function said({ problem }: ProblemError): string {
  return problem.problems[0]?.message ?? problem.detail
}
