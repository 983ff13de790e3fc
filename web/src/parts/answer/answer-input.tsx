import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocalText } from '../local-text.ts'
import { TypedInput } from '../typed-input.tsx'
import type { Asked } from './asked.ts'

interface AnswerInputProps {
  question: Asked['furtherQuestions'][number]
  /** Of the question that decides: with which of them this one must be answered. */
  choices: Asked['question']['choices']
  value?: string
  onChange?: (value: string) => void
  error?: ReactNode
}

/** The field for a further question, of its type. Its value is text as the API takes it; empty for no answer. */
export function AnswerInput({ question, choices, ...input }: AnswerInputProps) {
  const { t } = useTranslation('actions')
  const text = useLocalText()
  const needing = choices.filter(({ result }) => question.requiredFor.includes(result))
  return (
    <TypedInput
      {...input}
      type={question.type}
      currency={question.currency}
      options={question.choices.map(({ result, label }) => ({ value: result, label: text(label) }))}
      label={text(question.text)}
      description={
        needing.length === 0
          ? t('further.optional')
          : t('further.needed', { answers: needing.map(({ label }) => text(label)).join(', ') })
      }
    />
  )
}
