import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LeaveGuard } from '../../../parts/leave-guard.tsx'
import { Panel } from '../../../parts/panel.tsx'
import { SaveBar } from '../../../parts/save-bar.tsx'
import { changePerson, type PersonDetail } from '../people.ts'
import { changesIn, PersonFields, type PersonValues, problemsOf, valuesOf } from '../person-form.tsx'
import { Refusal } from '../refusal.tsx'

/** Who somebody is, to be changed. Only what was changed is sent: two who change different things keep both. */
export function PersonEditor({ person }: { person: PersonDetail }) {
  const { t } = useTranslation('people')
  const queries = useQueryClient()
  const [isSaved, setSaved] = useState(false)
  const form = useForm<PersonValues>({
    initialValues: valuesOf(person),
    onValuesChange: () => setSaved(false),
  })
  const saving = useMutation({
    mutationFn: (values: PersonValues) => {
      const changes = Object.entries(changesIn(values)).filter(([field]) => form.isDirty(field))
      return changePerson(person.id, Object.fromEntries(changes))
    },
    onSuccess: async (changed) => {
      form.setInitialValues(valuesOf(changed))
      form.setValues(valuesOf(changed))
      form.resetDirty(valuesOf(changed))
      await queries.invalidateQueries({ queryKey: ['people'] })
      setSaved(true)
    },
    onError: (error) => form.setErrors(problemsOf(error, t).fields),
  })
  const isDirty = form.isDirty()
  return (
    <form noValidate onSubmit={form.onSubmit((values) => saving.mutate(values))}>
      <LeaveGuard isActive={() => form.isDirty()} />
      <Panel title={t('who.title')}>
        <PersonFields form={form} />
        <Refusal error={saving.error} />
      </Panel>
      <SaveBar
        isDirty={isDirty}
        isSaving={saving.isPending}
        saved={isSaved ? { notes: [] } : null}
        onDiscard={() => {
          form.reset()
          saving.reset()
        }}
      />
    </form>
  )
}
