import { Button, Group, SimpleGrid, Stack, Text, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Problem, ProblemError, wordsOf } from '../../api/problem-error.ts'
import { DateInput } from '../../parts/date-input/date-input.tsx'
import { isDate } from '../../parts/date-input/written-date.ts'
import { useLongDay } from '../../parts/long-day.ts'
import { Panel } from '../../parts/panel.tsx'
import { PersonInput } from '../../parts/person-input.tsx'
import { ProblemAlert } from '../../parts/problem-alert.tsx'
import { showFaults } from '../../parts/show-faults.ts'
import { dayAt, daysAfter, startOfDay } from '../../parts/start-of-day.ts'
import { useTimeZone } from '../../parts/time-zone.ts'
import { recordAbsence } from './absences.ts'

interface AbsenceValues {
  /** Calendar days, the last one included. */
  from: string
  until: string
  to: string
  note: string
}

/** Which field a refusal is about. */
const fields: Partial<Record<string, keyof AbsenceValues>> = {
  'person-not-found': 'to',
  'delegation-to-oneself': 'to',
  'delegation-period': 'until',
  'delegation-overlaps': 'until',
  to: 'to',
  startsAt: 'from',
  endsAt: 'until',
  note: 'note',
}

/** Records whom the actions go to that open while somebody is away. */
export function AbsenceForm({ personId }: { personId: string }) {
  const { t } = useTranslation('absence')
  const queries = useQueryClient()
  const timeZone = useTimeZone()
  const longDay = useLongDay()
  const missing = (value: string) => (value === '' ? t('missing') : null)
  const noDay = (value: string) => (isDate(value) ? null : t('missing'))
  const form = useForm<AbsenceValues>({
    initialValues: { from: dayAt(new Date(), timeZone), until: '', to: '', note: '' },
    validate: { from: noDay, until: noDay, to: (value) => missing(value.trim()) },
  })
  const recording = useMutation({
    mutationFn: ({ from, until, to, note }: AbsenceValues) =>
      recordAbsence(personId, {
        ...{ to, note },
        startsAt: startOfDay(from, timeZone).toISOString(),
        endsAt: startOfDay(daysAfter(until, 1), timeZone).toISOString(),
      }),
    onSuccess: async () => {
      form.reset()
      await queries.invalidateQueries({ queryKey: ['absences'] })
    },
    onError: (error) => {
      if (error instanceof ProblemError) showFaults(form, faultsIn(error.problem))
    },
  })
  const { error } = recording
  const isAtField = error instanceof ProblemError && Object.keys(faultsIn(error.problem)).length > 0

  function faultsIn(problem: Problem): Record<string, string> {
    const field = fields[problem.code]
    if (field !== undefined) return { [field]: overlapIn(problem) ?? problem.detail }
    return Object.fromEntries(
      problem.problems.flatMap(({ path, message }) => (fields[path] ? [[fields[path], message]] : [])),
    )
  }

  /** The other absence by its days; the server's words have its moments. */
  function overlapIn({ code, values: { from, to } }: Problem): string | null {
    if (code !== 'delegation-overlaps' || from === undefined || to === undefined) return null
    return t('overlaps', {
      from: longDay(dayAt(new Date(from), timeZone)),
      until: longDay(dayAt(new Date(Date.parse(to) - 1), timeZone)),
    })
  }

  return (
    <Panel title={t('new.title')}>
      <form noValidate onSubmit={form.onSubmit((values) => recording.mutate(values))}>
        <Stack gap="md">
          <Text>{t('new.lead')}</Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
            <DateInput label={t('new.from')} size="md" {...form.getInputProps('from')} />
            <DateInput
              label={t('new.until')}
              min={form.values.from}
              size="md"
              {...form.getInputProps('until')}
            />
          </SimpleGrid>
          <PersonInput label={t('new.to')} {...form.getInputProps('to')} />
          <Textarea
            label={t('new.note')}
            description={t('new.note-hint')}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={500}
            size="md"
            {...form.getInputProps('note')}
          />
          {error && !isAtField && (
            <ProblemAlert
              {...wordsOf(error, { title: t('unreachable.title'), detail: t('unreachable.detail') })}
            />
          )}
          <Group>
            <Button type="submit" loading={recording.isPending}>
              {t('new.submit')}
            </Button>
            {/* The list may be far below. */}
            <Text size="sm" role="status">
              {recording.isSuccess && t('new.done')}
            </Text>
          </Group>
        </Stack>
      </form>
    </Panel>
  )
}
