import { Button, Group, NativeSelect, Select, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { wordsOf } from '../../api/problem-error.ts'
import { type Session, sessionQuery } from '../../api/session.ts'
import { chooseLanguage, languageNames, languages } from '../../app/language.ts'
import { Panel } from '../../parts/panel.tsx'
import { ProblemAlert } from '../../parts/problem-alert.tsx'
import { SavedNote } from './saved-note.tsx'
import { type OwnSettings, saveSettings } from './settings.ts'

const zones = Intl.supportedValuesOf('timeZone')
const own = Intl.DateTimeFormat().resolvedOptions().timeZone

/** In which language and at which hour somebody reads what is written to them; these pages follow at once. */
export function ReadingForm({ session: { person } }: { session: Session }) {
  const { t } = useTranslation('settings')
  const queries = useQueryClient()
  const form = useForm<OwnSettings>({
    initialValues: { locale: person.locale, timeZone: person.timeZone },
  })
  const saving = useMutation({
    mutationFn: saveSettings,
    onSuccess: async (session, values) => {
      form.resetDirty(values)
      queries.setQueryData(sessionQuery.queryKey, session)
      await chooseLanguage(values.locale)
      await queries.invalidateQueries()
    },
  })
  const { error } = saving
  const known = new Set([...zones, own, ...(person.timeZone === null ? [] : [person.timeZone])])
  return (
    <Panel title={t('reading.title')}>
      <form noValidate onSubmit={form.onSubmit((values) => saving.mutate(values))}>
        <Stack gap="md">
          <NativeSelect
            label={t('reading.language')}
            description={t('reading.language-hint')}
            data={languages.map((language) => ({ value: language, label: languageNames[language] }))}
            size="md"
            {...form.getInputProps('locale')}
          />
          <Select
            label={t('reading.time-zone')}
            description={t('reading.time-zone-hint', { own })}
            placeholder={t('reading.time-zone-none')}
            data={[...known].sort()}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('reading.time-zone-clear') }}
            nothingFoundMessage={t('reading.time-zone-unknown')}
            limit={50}
            size="md"
            comboboxProps={{ withinPortal: false }}
            {...form.getInputProps('timeZone')}
          />
          {error && (
            <ProblemAlert
              {...wordsOf(error, { title: t('unreachable.title'), detail: t('unreachable.detail') })}
            />
          )}
          <Group gap="md">
            <Button type="submit" loading={saving.isPending} disabled={!form.isDirty()}>
              {t('reading.save')}
            </Button>
            {saving.isSuccess && !form.isDirty() && <SavedNote>{t('reading.saved')}</SavedNote>}
          </Group>
        </Stack>
      </form>
    </Panel>
  )
}
