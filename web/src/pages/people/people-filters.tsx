import { NativeSelect } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { FilterBar } from '../../parts/filter-bar.tsx'
import { TypedFilter } from '../../parts/typed-filter.tsx'
import { type Filter, filterIn, roles } from './filter.ts'

/** What the list is filtered by. Choosing goes to another address, so that a filtered list can be kept and sent. */
export function PeopleFilters({ filter }: { filter: Filter }) {
  const { t } = useTranslation('people')
  const navigate = useNavigate()
  const choose = (changed: { [Name in keyof Filter]?: string }) =>
    void navigate({ to: '/people', search: filterIn({ ...filter, ...changed }) })
  return (
    <FilterBar label={t('filter.label')}>
      <TypedFilter
        label={t('filter.search')}
        hint={t('filter.search-hint')}
        value={filter.search ?? ''}
        refuse={(typed) => (typed.length > 100 ? t('filter.search-wrong') : null)}
        onChoose={(search) => choose({ search })}
      />
      <NativeSelect
        label={t('field.role')}
        value={filter.role ?? ''}
        onChange={({ currentTarget }) => choose({ role: currentTarget.value })}
        data={[
          { value: '', label: t('filter.any-role') },
          ...roles.map((role) => ({ value: role, label: t(`role.${role}`) })),
        ]}
      />
      <NativeSelect
        label={t('field.active')}
        value={filter.active ?? ''}
        onChange={({ currentTarget }) => choose({ active: currentTarget.value })}
        data={[
          { value: '', label: t('filter.all') },
          ...(['true', 'false'] as const).map((one) => ({ value: one, label: t(`active.${one}`) })),
        ]}
      />
    </FilterBar>
  )
}
