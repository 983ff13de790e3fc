import { NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocalText } from '../../parts/local-text.ts'
import { useNotation } from '../../parts/notation.ts'
import type { ActionDetail } from './actions.ts'

interface AnswerInputProps {
  question: ActionDetail['furtherQuestions'][number]
  /** Of the question that decides: with which of them this one must be answered. */
  choices: ActionDetail['question']['choices']
  value?: string
  onChange?: (value: string) => void
  error?: ReactNode
}

/** The field for a further question, of its type. Its value is text as the API takes it; empty for no answer. */
export function AnswerInput({ question, choices, value = '', onChange, error }: AnswerInputProps) {
  const { t } = useTranslation('actions')
  const notation = useNotation()
  const text = useLocalText()
  const needing = choices.filter(({ result }) => question.requiredFor.includes(result))
  const common = {
    label: text(question.text),
    description:
      needing.length === 0
        ? t('further.optional')
        : t('further.needed', { answers: needing.map(({ label }) => text(label)).join(', ') }),
    error,
    size: 'md',
  } as const
  const take = (event: { currentTarget: { value: string } }) => onChange?.(event.currentTarget.value)
  switch (question.type) {
    case 'choice': {
      const options = question.choices.map(({ result, label }) => ({ value: result, label: text(label) }))
      const none = { value: '', label: t('further.choose') }
      return <NativeSelect {...common} data={[none, ...options]} value={value} onChange={take} />
    }
    case 'date':
      return <TextInput {...common} type="date" value={value} onChange={take} />
    case 'number':
    case 'money': {
      const [group, decimal] = separators(notation)
      return (
        <NumberInput
          {...common}
          value={value}
          onChange={(given) => onChange?.(String(given))}
          thousandSeparator={group}
          decimalSeparator={decimal}
          allowedDecimalSeparators={['.', ',']}
          hideControls
          inputMode="decimal"
          {...(question.currency !== null && {
            decimalScale: digitsOf(question.currency),
            rightSection: question.currency,
            rightSectionWidth: 56,
          })}
        />
      )
    }
    case 'text':
      return <Textarea {...common} autosize minRows={1} maxRows={8} value={value} onChange={take} />
  }
}

/** What stands between thousands and before decimals in a notation. */
function separators(locale: string): [group: string, decimal: string] {
  const parts = new Intl.NumberFormat(locale).formatToParts(1234567.8)
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  return [of('group'), of('decimal')]
}

function digitsOf(currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions()
  return maximumFractionDigits ?? 2
}
