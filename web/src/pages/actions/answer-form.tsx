import { Button, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Problem, ProblemError, wordsOf } from '../../api/problem-error.ts'
import { AnswerInput } from '../../parts/answer/answer-input.tsx'
import { CommentInput } from '../../parts/answer/comment-input.tsx'
import { useLocalText } from '../../parts/local-text.ts'
import { ProblemAlert } from '../../parts/problem-alert.tsx'
import { showFaults } from '../../parts/show-faults.ts'
import { type ActionDetail, decide, type GivenAnswer } from './actions.ts'
import classes from './answer-form.module.css'

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
      else if (problem.code === 'comment-required') showFaults(form, { comment: problem.detail })
      else showFaults(form, Object.fromEntries(problem.problems.map(({ path, message }) => [path, message])))
    },
  })
  const { error } = answering
  const isAtField =
    error instanceof ProblemError &&
    (error.problem.code === 'comment-required' || error.problem.problems.length > 0)

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
      <CommentInput choices={choices} {...form.getInputProps('comment')} />
      {error && !isAtField && (
        <ProblemAlert
          {...wordsOf(error, { title: t('unreachable.title'), detail: t('unreachable.detail') })}
        />
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
}
