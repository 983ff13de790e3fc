import { TextInput } from '@mantine/core'
import { useState } from 'react'

interface TypedFilterProps {
  label: string
  hint: string
  value: string
  /** What to write instead; null of what can be looked for. */
  refuse: (typed: string) => string | null
  onChoose: (typed: string) => void
}

/** A filter that is typed: it counts once one has finished, with Enter or by going on. */
export function TypedFilter({ label, hint, value, refuse, onChoose }: TypedFilterProps) {
  const [wrong, setWrong] = useState<string | null>(null)
  const finish = (typed: string) => {
    const refusal = typed === '' ? null : refuse(typed)
    setWrong(refusal)
    if (refusal === null && typed !== value) onChoose(typed)
  }
  return (
    <TextInput
      // Another address of the page has another value.
      key={value}
      label={label}
      placeholder={hint}
      defaultValue={value}
      error={wrong}
      onBlur={({ currentTarget }) => finish(currentTarget.value.trim())}
      onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
    />
  )
}
