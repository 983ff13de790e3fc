import { ActionIcon, Popover } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import IconCalendar from '@tabler/icons-react/icons/IconCalendar'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { QueryState } from '../query-state.tsx'

interface CalendarButtonProps {
  /** That of the field. */
  label: string
  day: string | null
  min: string | undefined
  onChoose: (day: string) => void
}

/** Opens the calendar of a date field, which is fetched when somebody wants it: most type, and phones are slow. */
export function CalendarButton({ label, day, min, onChoose }: CalendarButtonProps) {
  const { t } = useTranslation()
  const [isOpen, { toggle, close }] = useDisclosure(false)
  const calendar = useQuery({
    queryKey: ['calendar'],
    queryFn: async () => (await import('./calendar.tsx')).Calendar,
    enabled: isOpen,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const Calendar = calendar.data
  return (
    <Popover width={292} position="bottom-end" opened={isOpen} onDismiss={close} returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={t('date.calendar', { label })}
          onClick={toggle}
        >
          <IconCalendar size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        {Calendar === undefined ? (
          <QueryState query={calendar} />
        ) : (
          <Calendar
            day={day}
            today={today()}
            min={min}
            onChoose={(chosen) => {
              onChoose(chosen)
              close()
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  )
}

/** Where the reader is. */
function today(): string {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
}
