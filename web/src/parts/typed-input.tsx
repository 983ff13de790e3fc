import { NativeSelect, NumberInput, Textarea } from '@mantine/core'
import type { FocusEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DateInput } from './date-input/date-input.tsx'
import { useNotation } from './notation.ts'

/** What a value is, as processes define it; `options` are those of a choice. */
export interface ValueType {
  type: 'text' | 'number' | 'money' | 'date' | 'choice'
  currency: string | null
  options: { value: string; label: string }[]
}

interface TypedInputProps extends ValueType {
  label: string
  description?: string | undefined
  required?: boolean
  value?: string
  onChange?: (value: string) => void
  onBlur?: (event: FocusEvent) => void
  error?: ReactNode
}

/**
 * The field for a value of a type, in the reader's notation. Its value is text as the API takes it, a point before the
 * decimals; empty for none.
 */
export function TypedInput(props: TypedInputProps) {
  const { type, currency, options, required = false, value = '', onChange, ...rest } = props
  const { t } = useTranslation()
  const notation = useNotation()
  // Whether it is filled in is the server's to say, in its own words.
  const common = { ...rest, withAsterisk: required, 'aria-required': required, size: 'md' } as const
  const take = (event: { currentTarget: { value: string } }) => onChange?.(event.currentTarget.value)
  switch (type) {
    case 'choice': {
      const none = { value: '', label: t('choose') }
      return <NativeSelect {...common} data={[none, ...options]} value={value} onChange={take} />
    }
    case 'date':
      return <DateInput {...common} value={value} onChange={(given) => onChange?.(given)} />
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
          {...(currency !== null && {
            decimalScale: digitsOf(currency),
            rightSection: currency,
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
