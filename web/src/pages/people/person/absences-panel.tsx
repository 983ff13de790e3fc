import { Button, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../../api/problem-error.ts'
import { Callout } from '../../../parts/callout.tsx'
import { DateInput } from '../../../parts/date-input/date-input.tsx'
import { isDate } from '../../../parts/date-input/written-date.ts'
import { useLongDay } from '../../../parts/long-day.ts'
import { Panel } from '../../../parts/panel.tsx'
import { QueryState } from '../../../parts/query-state.tsx'
import { dayAt, daysAfter, startOfDay } from '../../../parts/start-of-day.ts'
import { useTimeZone } from '../../../parts/time-zone.ts'
import {
  type Delegation,
  delegationsQuery,
  endDelegation,
  type PersonDetail,
  recordDelegation,
} from '../people.ts'
import { PersonPicker } from '../person-picker.tsx'

interface AbsencesPanelProps {
  person: PersonDetail
  mayChange: boolean
}

/** When somebody is away and who is asked instead, and for whom they are asked. */
export function AbsencesPanel({ person, mayChange }: AbsencesPanelProps) {
  const { t } = useTranslation('people')
  const away = useQuery(delegationsQuery(person.id, 'away'))
  const standIn = useQuery(delegationsQuery(person.id, 'stand-in'))
  const missing = [away, standIn].find(({ data }) => data === undefined)
  const [isAdding, { open, close }] = useDisclosure(false)
  return (
    <Panel title={t('absence.title')}>
      <Stack gap="sm">
        {missing && <QueryState query={missing} />}
        {away.data?.items.length === 0 && standIn.data?.items.length === 0 && (
          <Text c="dimmed">{t('absence.none')}</Text>
        )}
        {away.data?.items.map((one) => (
          <Absence key={one.id} absence={one} onEnd={mayChange ? person.id : null}>
            {t('absence.away', { to: one.to.name })}
          </Absence>
        ))}
        {standIn.data?.items.map((one) => (
          <Absence key={one.id} absence={one} onEnd={null}>
            {t('absence.stand-in', { for: one.person.name })}
          </Absence>
        ))}
        {mayChange && person.active && !isAdding && (
          <Group>
            <Button variant="default" onClick={open}>
              {t('absence.add')}
            </Button>
          </Group>
        )}
        {isAdding && <AbsenceForm person={person} onDone={close} />}
      </Stack>
    </Panel>
  )
}

interface AbsenceProps {
  absence: Delegation
  /** Id of whose it is, for who may end it. */
  onEnd: string | null
  children: string
}

function Absence({ absence, onEnd, children }: AbsenceProps) {
  const { t } = useTranslation('people')
  const queries = useQueryClient()
  const timeZone = useTimeZone()
  const longDay = useLongDay()
  // The last day of it: the end is the first moment after.
  const period = {
    from: longDay(dayAt(new Date(absence.startsAt), timeZone)),
    to: longDay(dayAt(new Date(Date.parse(absence.endsAt) - 1), timeZone)),
  }
  const ending = useMutation({
    mutationFn: () => endDelegation(onEnd ?? '', absence.id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['people'] }),
  })
  return (
    <Group justify="space-between" gap="sm" wrap="nowrap" align="flex-start">
      <div>
        <Text>{children}</Text>
        <Text size="sm" c="dimmed">
          {period.from === period.to ? t('absence.day', period) : t('absence.period', period)} ·{' '}
          {t(`absence.state.${absence.state}`)}
        </Text>
        {absence.note !== '' && <Text size="sm">{absence.note}</Text>}
        {ending.error && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {ending.error.message}
          </Text>
        )}
      </div>
      {onEnd !== null && (
        <Button
          variant="default"
          flex="none"
          loading={ending.isPending}
          onClick={() => ending.mutate()}
          aria-label={t('absence.end-named', { to: absence.to.name })}
        >
          {t('absence.end')}
        </Button>
      )}
    </Group>
  )
}

function AbsenceForm({ person, onDone }: { person: PersonDetail; onDone: () => void }) {
  const { t } = useTranslation('people')
  const queries = useQueryClient()
  const timeZone = useTimeZone()
  const today = dayAt(new Date(), timeZone)
  const form = useForm({ initialValues: { to: '', from: today, until: today, note: '' } })
  const recording = useMutation({
    mutationFn: ({ to, from, until, note }: typeof form.values) =>
      recordDelegation(person.id, {
        ...{ to, note },
        startsAt: startOfDay(from, timeZone).toISOString(),
        endsAt: startOfDay(daysAfter(until, 1), timeZone).toISOString(),
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['people'] })
      onDone()
    },
    onError: (error) => {
      const isPerson = error instanceof ProblemError && /^(person-|invalid-input)/.test(error.problem.code)
      form.setFieldError(isPerson ? 'to' : 'until', error.message)
    },
  })
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => {
        if (!isDate(values.from) || !isDate(values.until))
          form.setFieldError('until', t('absence.days-missing'))
        else recording.mutate(values)
      })}
    >
      <Stack gap="sm">
        <Callout kind="quiet">{t('absence.rule')}</Callout>
        <PersonPicker label={t('absence.to')} {...form.getInputProps('to')} value={form.values.to} />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <DateInput label={t('absence.from')} {...form.getInputProps('from')} />
          <DateInput label={t('absence.until')} {...form.getInputProps('until')} />
        </SimpleGrid>
        <TextInput
          label={t('absence.note')}
          description={t('absence.note-hint')}
          maxLength={500}
          {...form.getInputProps('note')}
        />
        <Group gap="sm">
          <Button type="submit" loading={recording.isPending}>
            {t('absence.submit')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
