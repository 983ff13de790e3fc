import { TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNotation } from '../notation.ts'
import { CalendarButton } from './calendar-button.tsx'
import { isDate, type Precision, readDate, shapeOfDay, writeDate } from './written-date.ts'

interface DateInputProps extends Omit<TextInputProps, 'label' | 'value' | 'onChange' | 'min'> {
  label: string
  precision?: Precision
  value?: string
  onChange?: (value: string) => void
  /** Called with the value when somebody has finished: goes on to another field, or has chosen in the calendar. */
  onFinish?: (value: string) => void
  /** The first day that the calendar offers. */
  min?: string
}

/**
 * A field for a date, typed in the reader's notation or chosen in a calendar: what browsers have writes that of the browser.
 * Its value is as the API takes it, empty for none; what cannot be read as a date stays as it was typed and is told.
 */
export function DateInput(props: DateInputProps) {
  const { precision = 'day', value = '', onChange, onFinish, min, error, onBlur, ...rest } = props
  const { t } = useTranslation()
  const notation = useNotation()
  // What is being typed stays as it is until one goes on.
  const [typed, setTyped] = useState<string | null>(null)
  const isWrong = value !== '' && !isDate(value, precision) && (typed === null || Boolean(error))
  const letters = { day: t('date.day'), month: t('date.month'), year: t('date.year') }
  const shape = shapeOfDay(notation, letters)
  // Tells a day from a month.
  const lastDay = `${new Date().getFullYear()}-12-31`
  const example = writeDate(precision === 'day' ? lastDay : `${lastDay}T14:30`, notation)

  const choose = (day: string) => {
    const time = isDate(value, 'minute') ? value.slice(10) : 'T00:00'
    const chosen = precision === 'day' ? day : `${day}${time}`
    onChange?.(chosen)
    onFinish?.(chosen)
  }

  return (
    <TextInput
      autoComplete="off"
      placeholder={precision === 'day' ? shape : `${shape} ${t('date.time')}`}
      {...rest}
      value={typed ?? writeDate(value, notation)}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value)
        onChange?.(readDate(currentTarget.value, notation, precision) ?? currentTarget.value.trim())
      }}
      onBlur={(event) => {
        setTyped(null)
        onFinish?.(value)
        onBlur?.(event)
      }}
      error={isWrong ? t(precision === 'day' ? 'date.wrong' : 'date.wrong-time', { example }) : error}
      rightSection={
        <CalendarButton
          label={props.label}
          day={isDate(value.slice(0, 10)) ? value.slice(0, 10) : null}
          min={min}
          onChoose={choose}
        />
      }
    />
  )
}
