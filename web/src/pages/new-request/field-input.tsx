import type { FocusEvent, ReactNode } from 'react'
import { useLocalText } from '../../parts/local-text.ts'
import { PersonInput } from '../../parts/person-input.tsx'
import { TypedInput } from '../../parts/typed-input.tsx'
import type { FormField } from './processes.ts'

interface FieldInputProps {
  field: FormField
  value?: string
  onChange?: (value: string) => void
  onBlur?: (event: FocusEvent) => void
  error?: ReactNode
}

/** A field of a process's form, by its type. */
export function FieldInput({ field, ...input }: FieldInputProps) {
  const text = useLocalText()
  const { type, currency, required, person } = field
  const label = text(field.label)
  if (person) return <PersonInput {...input} label={label} required={required} />
  const options = field.options.map((option) => ({ value: option.value, label: text(option.label) }))
  return <TypedInput {...input} {...{ type, currency, required, label, options }} />
}
