import 'dayjs/locale/fr'
import '@mantine/dates/styles.css'
import { FocusTrap } from '@mantine/core'
import { DatePicker } from '@mantine/dates'
import { useTranslation } from 'react-i18next'

interface CalendarProps {
  /** The day that the field has; null of none. */
  day: string | null
  today: string
  /** The first day that can be chosen. */
  min: string | undefined
  onChoose: (day: string) => void
}

/** A month to choose a day of, in the language of the pages; the arrow keys go from day to day. Weeks begin on Monday. */
export function Calendar({ day, today, min, onChoose }: CalendarProps) {
  const { t, i18n } = useTranslation()
  const first = day ?? (min !== undefined && min > today ? min : today)
  return (
    <FocusTrap>
      <div>
        <DatePicker
          locale={i18n.language}
          value={day}
          onChange={(chosen) => chosen !== null && onChoose(chosen)}
          defaultDate={first}
          {...(min !== undefined && { minDate: min })}
          highlightToday
          // Those of other months are too pale to be read, and have their own.
          hideOutsideDates
          // The red of weekends cannot be read on dark grounds, and stands for what loses something.
          weekendDays={[]}
          getDayProps={(one) => ({
            'aria-pressed': one === day,
            ...(one === today && { 'aria-current': 'date' }),
            ...(one === first && { 'data-autofocus': true }),
          })}
          ariaLabels={{
            previousMonth: t('date.previous-month'),
            nextMonth: t('date.next-month'),
            previousYear: t('date.previous-year'),
            nextYear: t('date.next-year'),
            previousDecade: t('date.previous-decade'),
            nextDecade: t('date.next-decade'),
          }}
        />
      </div>
    </FocusTrap>
  )
}
