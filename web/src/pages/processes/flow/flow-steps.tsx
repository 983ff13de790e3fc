import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocalText } from '../../../parts/local-text.ts'
import type { Definition, Step } from '../processes.ts'
import classes from './flow-steps.module.css'
import { useStepWords } from './in-words.ts'

/** The steps of a process in words: whom each asks what, and where each answer leads. */
export function FlowSteps({ definition }: { definition: Definition }) {
  const { t } = useTranslation('processes')
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {t(`flow.attachments.${definition.attachments}`)}
      </Text>
      <ol className={classes.steps}>
        {definition.steps.map((step) => (
          <li key={step.name}>
            <StepInWords step={step} definition={definition} />
          </li>
        ))}
      </ol>
    </>
  )
}

function StepInWords({ step, definition }: { step: Step; definition: Definition }) {
  const { t } = useTranslation('processes')
  const text = useLocalText()
  const words = useStepWords()
  const due = words.due(step)
  const { delegation } = step
  const facts = [
    t('flow.asks', { who: words.asked(step) }),
    ...(due === null ? [] : [due]),
    delegation.kind === 'group'
      ? t('delegation.group', { name: delegation.name })
      : t(`delegation.${delegation.kind}`),
    ...(step.requesterMayApprove ? [t('flow.own')] : []),
    ...(step.furtherQuestions.length > 0 ? [t('flow.further', { count: step.furtherQuestions.length })] : []),
  ]
  return (
    <>
      <Text fw={600}>{text(step.title)}</Text>
      <Text size="sm" c="dimmed">
        {facts.join(' · ')}
      </Text>
      <Text>{text(step.question.text)}</Text>
      <ul>
        {step.question.choices.map((choice) => (
          <li key={choice.result}>
            {t(choice.comment === 'required' ? 'flow.leads-with-comment' : 'flow.leads', {
              answer: text(choice.label),
              next: nextOf(choice.result),
            })}
          </li>
        ))}
      </ul>
    </>
  )

  function nextOf(result: string): string {
    const next = step.transitions[result]
    if (next === undefined) return ''
    if (next.to === 'end') {
      const ending = definition.endings[next.ending]
      return t('flow.ends', { ending: ending === undefined ? next.ending : text(ending) })
    }
    const opened = definition.steps.find(({ name }) => name === next.step)
    return opened === undefined ? next.step : text(opened.title)
  }
}
