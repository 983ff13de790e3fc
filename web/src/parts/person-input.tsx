import { Autocomplete, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { FocusEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { colleaguesCalled } from './colleagues.ts'

interface PersonInputProps {
  label: string
  description?: string | undefined
  required?: boolean
  value?: string
  onChange?: (address: string) => void
  onBlur?: (event: FocusEvent) => void
  error?: ReactNode
}

/** So long nothing was typed before it is asked who may be meant. */
const PAUSE_MS = 250

/**
 * Names a person by address. Colleagues whom a name or an address fits are offered, and below it stands who of them has it.
 * Others can be named too: the directory is not shown, and the server knows whether somebody has the address.
 */
export function PersonInput({ description, required = false, value = '', ...input }: PersonInputProps) {
  const { t } = useTranslation()
  const [search] = useDebouncedValue(value.trim(), PAUSE_MS)
  const { data } = useQuery({ ...colleaguesCalled(search), placeholderData: keepPreviousData })
  const people = search === '' ? [] : (data ?? [])
  const owner = people.find(({ address }) => address === value.trim().toLowerCase())
  return (
    <Autocomplete
      {...input}
      value={value}
      withAsterisk={required}
      aria-required={required}
      size="md"
      inputMode="email"
      autoComplete="off"
      maxLength={254}
      description={owner?.name ?? description ?? t('person.hint')}
      data={people.map(({ address }) => address)}
      // Within the page, to be found by who goes through its parts.
      comboboxProps={{ withinPortal: false }}
      // What the server has found fits, also where the address itself does not show it.
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <div>
          <Text>{people.find(({ address }) => address === option.value)?.name}</Text>
          <Text size="sm" c="dimmed">
            {option.value}
          </Text>
        </div>
      )}
    />
  )
}
