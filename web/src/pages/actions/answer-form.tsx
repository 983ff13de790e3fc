import { Alert, Button, Stack, Text, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle'
import { useMutation } from '@tanstack/react-query'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { type Problem, ProblemError } from '../../api/problem-error.ts'
import { useLocalText } from '../../parts/local-text.ts'
import { type ActionDetail, decide, type GivenAnswer } from './actions.ts'
import classes from './answer-form.module.css'
import { AnswerInput } from './answer-input.tsx'

interface AnswerFormProps {
  action: ActionDetail
  onDecided: (action: ActionDetail) => void
  /** The action is not to be decided any more, as by somebody who was faster. */
  onOvertaken: (problem: Problem) => void
}

/** After these there is nothing to answer any more. */
const overtaken = ['already-decided', 'action-closed', 'not-assignee', 'action-not-found']

/** A button for each answer. What an answer needs besides, the server says, and it is shown at its field. */
export function AnswerForm({ action, onDecided, onOvertaken }: AnswerFormProps) {
  const { t } = useTranslation('actions')
  const text = useLocalText()
  const { choices } = action.question
  const { kept } = action.you
  const form = useForm({
    initialValues: { comment: kept?.comment ?? '', answers: kept?.answers ?? {} },
  })
  const answering = useMutation({
    mutationFn: (answer: GivenAnswer) => decide(action.id, answer),
    onSuccess: onDecided,
    onError: (error) => {
      if (!(error instanceof ProblemError)) return
      const { problem } = error
      if (overtaken.includes(problem.code)) onOvertaken(problem)
      else if (problem.code === 'comment-required') showErrors({ comment: problem.detail })
      else showErrors(Object.fromEntries(problem.problems.map(({ path, message }) => [path, message])))
    },
  })
  const { error } = answering
  const isAtField =
    error instanceof ProblemError &&
    (error.problem.code === 'comment-required' || error.problem.problems.length > 0)

  /** Leads to the first of them. */
  function showErrors(errors: Record<string, string>) {
    flushSync(() => form.setErrors(errors))
    document.querySelector<HTMLElement>('#content [aria-invalid="true"]')?.focus()
  }

  function answer(result: string) {
    const { comment, answers } = form.values
    const { [action.question.id]: _, ...further } = answers
    form.clearErrors()
    answering.mutate({ result, answers: further, comment })
  }

  return (
    <Stack gap="md">
      {kept && <Text size="sm">{t('kept')}</Text>}
      {action.furtherQuestions.map((question) => (
        <AnswerInput
          key={question.id}
          question={question}
          choices={choices}
          {...form.getInputProps(`answers.${question.id}`)}
          error={form.errors[question.id]}
        />
      ))}
      {choices.some(({ comment }) => comment !== 'none') && (
        <Textarea
          label={t('comment.label')}
          description={commentRule()}
          autosize
          minRows={2}
          maxRows={12}
          maxLength={20_000}
          size="md"
          {...form.getInputProps('comment')}
        />
      )}
      {error && !isAtField && (
        <Alert
          variant="outline"
          color="red"
          icon={<IconAlertTriangle aria-hidden />}
          role="alert"
          title={error instanceof ProblemError ? error.problem.title : t('unreachable.title')}
          styles={{ label: { color: 'var(--mantine-color-text)' } }}
        >
          {error instanceof ProblemError ? error.problem.detail : t('unreachable.detail')}
        </Alert>
      )}
      <div className={classes.choices}>
        {choices.map(({ result, label }, index) => (
          <Button
            key={result}
            size="md"
            variant={index === 0 ? 'filled' : 'default'}
            loading={answering.isPending && answering.variables.result === result}
            disabled={answering.isPending}
            onClick={() => answer(result)}
          >
            {text(label)}
          </Button>
        ))}
      </div>
      <Text size="sm" c="dimmed">
        {t('or-by-mail')}
      </Text>
    </Stack>
  )

  /** With which answers a comment is needed. */
  function commentRule(): string {
    const needing = choices.filter(({ comment }) => comment === 'required').map(({ label }) => text(label))
    return needing.length === 0 ? t('comment.optional') : t('comment.needed', { answers: needing.join(', ') })
  }
}
