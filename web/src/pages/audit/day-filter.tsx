import { useState } from 'react'
import { DateInput } from '../../parts/date-input/date-input.tsx'
import { isDate } from '../../parts/date-input/written-date.ts'

interface DayFilterProps {
  label: string
  value: string
  onChoose: (day: string) => void
}

/** A filter by a day: it counts once one has finished, with Enter, by going on or in the calendar. */
export function DayFilter({ label, value, onChoose }: DayFilterProps) {
  const [day, setDay] = useState(value)
  // Another address of the page has another day; the field stays, and with it the focus.
  const [ofAddress, setOfAddress] = useState(value)
  if (ofAddress !== value) {
    setOfAddress(value)
    setDay(value)
  }
  return (
    <DateInput
      label={label}
      value={day}
      onChange={setDay}
      onFinish={(finished) => {
        if (finished !== value && (finished === '' || isDate(finished))) onChoose(finished)
      }}
      onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
    />
  )
}
