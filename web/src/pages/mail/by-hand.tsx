import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../api/problem-error.ts'
import { AnswerInput } from '../../parts/answer/answer-input.tsx'
import type { Asked } from '../../parts/answer/asked.ts'
import { CommentInput } from '../../parts/answer/comment-input.tsx'
import { ErrorState } from '../../parts/error-state.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { useLocalText } from '../../parts/local-text.ts'
import { Panel } from '../../parts/panel.tsx'
import { showFaults } from '../../parts/show-faults.ts'
import { answerByHand, askedQuery, type Inbound } from './messages.ts'

interface ByHandProps {
  message: Inbound
  onClose: () => void
}

/** Beside their words: what they say, entered by an administrator in their name. What was read is filled in. */
export function ByHand({ message, onClose }: ByHandProps) {
  const { t } = useTranslation('mail')
  const { data: asked, error, refetch } = useQuery(askedQuery(message.actionId ?? ''))
  return (
    <Panel title={t('by-hand.title', { name: message.person?.name })}>
      {asked ? (
        <ByHandForm message={message} asked={asked} onClose={onClose} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <LoadingState />
      )}
    </Panel>
  )
}

/** As short as the server takes it. */
const SHORTEST_REASON = 3

function ByHandForm({ message, asked, onClose }: ByHandProps & { asked: Asked }) {
  const { t } = useTranslation('mail')
  const text = useLocalText()
  const queries = useQueryClient()
  const { question, furtherQuestions } = asked
  const name = message.person?.name
  const form = useForm({
    initialValues: {
      answers: message.byHand?.answers ?? {},
      comment: message.byHand?.comment ?? '',
      reason: '',
    },
  })
  const entering = useMutation({
    mutationFn: () => answerByHand(message.id, form.values),
    onSuccess: async () => {
      onClose()
      await queries.invalidateQueries()
    },
    onError: (error) => {
      if (!(error instanceof ProblemError)) return
      const { code, detail, problems } = error.problem
      if (code === 'comment-required') showFaults(form, { comment: detail })
      else showFaults(form, Object.fromEntries(problems.map(({ path, message: fault }) => [path, fault])))
    },
  })
  const isAtField =
    entering.error instanceof ProblemError &&
    (entering.error.problem.code === 'comment-required' || entering.error.problem.problems.length > 0)

  function enter() {
    const { answers, reason } = form.values
    const faults: Record<string, string> = {}
    if (!answers[question.id]) faults[question.id] = t('by-hand.choose')
    if (reason.trim().length < SHORTEST_REASON) faults.reason = t('held.reason-missing')
    form.clearErrors()
    if (Object.keys(faults).length > 0) showFaults(form, faults)
    else entering.mutate()
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        enter()
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t('by-hand.detail', { name })}</Text>
        <Radio.Group
          label={text(question.text)}
          size="md"
          {...form.getInputProps(`answers.${question.id}`)}
          error={form.errors[question.id]}
        >
          <Group gap="md" my="xs">
            {question.choices.map(({ result, label }) => (
              <Radio key={result} value={result} label={text(label)} />
            ))}
          </Group>
        </Radio.Group>
        {furtherQuestions.map((further) => (
          <AnswerInput
            key={further.id}
            question={further}
            choices={question.choices}
            {...form.getInputProps(`answers.${further.id}`)}
            error={form.errors[further.id]}
          />
        ))}
        <CommentInput choices={question.choices} {...form.getInputProps('comment')} />
        <Textarea
          label={t('held.reason')}
          description={t('by-hand.reason-hint', { name })}
          autosize
          minRows={2}
          maxRows={12}
          maxLength={2_000}
          size="md"
          withAsterisk
          {...form.getInputProps('reason')}
        />
        {entering.error && !isAtField && <ErrorState error={entering.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('held.cancel')}
          </Button>
          <Button type="submit" loading={entering.isPending}>
            {t('by-hand.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
