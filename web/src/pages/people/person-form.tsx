import { NativeSelect, SimpleGrid, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { ProblemError } from '../../api/problem-error.ts'
import { roles } from './filter.ts'
import type { Person, PersonChanges } from './people.ts'
import { PersonPicker } from './person-picker.tsx'

export interface PersonValues {
  name: string
  address: string
  locale: Person['locale']
  role: Person['role']
  /** Address; empty for nobody. */
  manager: string
  /** One a line. */
  aliases: string
}

export const newcomer: PersonValues = {
  ...{ name: '', address: '', locale: 'en', role: 'member', manager: '', aliases: '' },
}

export const valuesOf = ({ name, address, locale, role, manager, aliases }: Person): PersonValues => ({
  ...{ name, address, locale, role },
  manager: manager ?? '',
  aliases: aliases.join('\n'),
})

/** As the API takes it. */
export function changesIn({
  manager,
  aliases,
  ...values
}: PersonValues): Required<Omit<PersonChanges, 'active'>> {
  return {
    ...values,
    manager: manager.trim() || null,
    aliases: aliases.split(/[\s,;]+/).filter(Boolean),
  }
}

/** What the server says of the fields, at the fields and by their labels; of what belongs to none, the whole of it. */
export function problemsOf(
  error: Error,
  t: TFunction<'people'>,
): {
  fields: Partial<Record<keyof PersonValues, string>>
  rest: string | null
} {
  const problems = error instanceof ProblemError ? error.problem.problems : []
  const fields = Object.fromEntries(
    problems.flatMap(({ path, message }) => {
      const field = path.replace(/\[.*$/, '')
      if (!isField(field)) return []
      return [[field, message.replace(path, () => t('quoted', { text: t(`field.${field}`) }))]]
    }),
  )
  if (error instanceof ProblemError && error.problem.code === 'person-known') {
    return { fields: { address: error.message }, rest: null }
  }
  return { fields, rest: Object.keys(fields).length > 0 ? null : error.message }
}

const isField = (name: string): name is keyof PersonValues => name in newcomer

/** The fields of a person. */
export function PersonFields({ form }: { form: UseFormReturnType<PersonValues> }) {
  const { t } = useTranslation('people')
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
      <TextInput label={t('field.name')} autoComplete="off" {...form.getInputProps('name')} />
      <TextInput
        label={t('field.address')}
        description={t('hint.address')}
        type="email"
        autoComplete="off"
        {...form.getInputProps('address')}
      />
      <NativeSelect
        label={t('field.role')}
        description={t(`role-hint.${form.values.role}`)}
        data={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        {...form.getInputProps('role')}
      />
      <NativeSelect
        label={t('field.locale')}
        description={t('hint.locale')}
        data={(['en', 'fr'] as const).map((locale) => ({ value: locale, label: t(`locale.${locale}`) }))}
        {...form.getInputProps('locale')}
      />
      <PersonPicker
        label={t('field.manager')}
        description={t('hint.manager')}
        {...form.getInputProps('manager')}
        value={form.values.manager}
      />
      <Textarea
        label={t('field.aliases')}
        description={t('hint.aliases')}
        autosize
        minRows={1}
        maxRows={8}
        {...form.getInputProps('aliases')}
      />
    </SimpleGrid>
  )
}
