import { TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'
import { usePlace } from './use-place.ts'

interface ToldFieldProps extends TextInputProps {
  name: 'clientId' | 'tenant' | 'address' | 'objectId' | 'probe'
}

/** A field whose value the guide keeps in its address once it is left. */
export function ToldField({ name, ...rest }: ToldFieldProps) {
  const { place, tell } = usePlace()
  const [draft, setDraft] = useState(place[name] ?? '')
  return (
    <TextInput
      autoComplete="off"
      spellCheck={false}
      {...rest}
      value={draft}
      onChange={({ currentTarget }) => setDraft(currentTarget.value)}
      onBlur={() => tell({ [name]: draft.trim() || undefined })}
    />
  )
}
