import { Autocomplete, type AutocompleteProps, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { colleaguesQuery } from './people.ts'

type PersonPickerProps = Omit<AutocompleteProps, 'data' | 'renderOption' | 'filter'> & { value: string }

/** Somebody by their address, which a part of their name finds. */
export function PersonPicker(props: PersonPickerProps) {
  const [typed] = useDebouncedValue(props.value, 200)
  const { data } = useQuery(colleaguesQuery(typed))
  const people = data?.items ?? []
  const names = new Map(people.map(({ address, name }) => [address, name]))
  return (
    <Autocomplete
      type="email"
      autoComplete="off"
      {...props}
      data={[...names.keys()]}
      // The server has found them, by names that do not stand in the addresses.
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <div>
          <Text size="sm">{names.get(option.value)}</Text>
          <Text size="sm" c="dimmed">
            {option.value}
          </Text>
        </div>
      )}
    />
  )
}
