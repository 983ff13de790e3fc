import { Button, Group, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ListItem } from '../../parts/list-item.tsx'
import { useLongDay } from '../../parts/long-day.ts'
import { Quote } from '../../parts/quote.tsx'
import { dayAt } from '../../parts/start-of-day.ts'
import { StateBadge } from '../../parts/state-badge.tsx'
import { useTimeZone } from '../../parts/time-zone.ts'
import { type Absence, endAbsence } from './absences.ts'

const kinds = { planned: 'quiet', running: 'waiting', over: 'quiet', ended: 'quiet' } as const

/** One absence: when, and who decides in it. One's own can be ended while it runs, or taken back before. */
export function AbsenceCard({ absence, isStandIn = false }: { absence: Absence; isStandIn?: boolean }) {
  const { t } = useTranslation('absence')
  const queries = useQueryClient()
  const timeZone = useTimeZone()
  const longDay = useLongDay()
  const ending = useMutation({
    mutationFn: () => endAbsence(absence),
    onSettled: () => queries.invalidateQueries({ queryKey: ['absences'] }),
  })
  const { state, person, to, note, recordedBy } = absence
  // The last moment of it, not the first one after.
  const last = new Date(Date.parse(absence.endsAt) - 1)
  const days = {
    from: longDay(dayAt(new Date(absence.startsAt), timeZone)),
    until: longDay(dayAt(last, timeZone)),
  }
  const isAhead = state === 'planned' || state === 'running'
  return (
    <ListItem>
      <Group justify="space-between" align="flex-start" gap="xs">
        <Text fw={600}>{isStandIn ? t('for', { name: person.name }) : t('instead', { name: to.name })}</Text>
        <StateBadge kind={kinds[state]}>{t(`state.${state}`)}</StateBadge>
      </Group>
      <Text size="sm" c="dimmed">
        {days.from === days.until ? t('day', days) : t('days', days)}
        {recordedBy?.id !== person.id &&
          !isStandIn &&
          ` · ${t('recorded-by', { name: recordedBy?.name ?? t('operator') })}`}
      </Text>
      {note !== '' && <Quote>{note}</Quote>}
      {isAhead && !isStandIn && (
        <Button variant="default" mt="sm" loading={ending.isPending} onClick={() => ending.mutate()}>
          {t(state === 'running' ? 'end' : 'take-back')}
        </Button>
      )}
      {ending.error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {ending.error.message}
        </Text>
      )}
    </ListItem>
  )
}
