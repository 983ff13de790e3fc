import { Button, Group, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { LeaveGuard } from '../../parts/leave-guard.tsx'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { addPerson } from './people.ts'
import { changesIn, newcomer, PersonFields, type PersonValues, problemsOf } from './person-form.tsx'
import { Refusal } from './refusal.tsx'

/** Adds somebody by hand. */
export function NewPersonPage() {
  const { t } = useTranslation('people')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const form = useForm<PersonValues>({ initialValues: newcomer })
  const adding = useMutation({
    mutationFn: (values: PersonValues) => addPerson(changesIn(values)),
    onSuccess: async ({ id }) => {
      form.resetDirty()
      await queries.invalidateQueries({ queryKey: ['people'] })
      await navigate({ to: '/people/$id', params: { id } })
    },
    onError: (error) => form.setErrors(problemsOf(error, t).fields),
  })
  return (
    <Page title={t('new.title')} crumbs={[{ label: t('title'), to: '/people' }]}>
      <LeaveGuard isActive={() => form.isDirty() && !adding.isSuccess} />
      <form noValidate onSubmit={form.onSubmit((values) => adding.mutate(values))}>
        <Panel title={t('who.title')}>
          <Text c="dimmed" mb="md">
            {t('new.lead')}
          </Text>
          <PersonFields form={form} />
          <Refusal error={adding.error} />
          <Group mt="lg">
            <Button type="submit" loading={adding.isPending}>
              {t('new.submit')}
            </Button>
          </Group>
        </Panel>
      </form>
    </Page>
  )
}
