import { NativeSelect } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { FilterBar } from '../../parts/filter-bar.tsx'
import { isAddress, requestNumber } from '../../parts/filter-values.ts'
import { TypedFilter } from '../../parts/typed-filter.tsx'
import { DayFilter } from './day-filter.tsx'
import { type Filter, filterIn, kinds } from './filter.ts'

/** What the audit is filtered by. Choosing goes to another address, so that a search can be kept and sent. */
export function EntryFilters({ filter }: { filter: Filter }) {
  const { t } = useTranslation('audit')
  const navigate = useNavigate()
  const choose = (changed: { [Name in keyof Filter]?: string }) =>
    void navigate({ to: '/audit', search: filterIn({ ...filter, ...changed }) })
  return (
    <FilterBar label={t('filter.label')}>
      <NativeSelect
        label={t('filter.kind')}
        value={filter.kind ?? ''}
        onChange={({ currentTarget }) => choose({ kind: currentTarget.value })}
        data={[
          { value: '', label: t('filter.any') },
          ...kinds.map((one) => ({ value: one, label: t(`kind.${one}`) })),
        ]}
      />
      <TypedFilter
        label={t('filter.request')}
        hint={t('filter.request-hint')}
        value={String(filter.request ?? '')}
        refuse={(request) => (requestNumber(request) === undefined ? t('filter.request-wrong') : null)}
        onChoose={(request) => choose({ request })}
      />
      <TypedFilter
        label={t('filter.person')}
        hint={t('filter.person-hint')}
        value={filter.person ?? ''}
        refuse={(person) => (isAddress(person) ? null : t('filter.person-wrong'))}
        onChoose={(person) => choose({ person })}
      />
      {(['from', 'to'] as const).map((end) => (
        <DayFilter
          key={end}
          label={t(`filter.${end}`)}
          value={filter[end] ?? ''}
          onChoose={(day) => choose({ [end]: day })}
        />
      ))}
    </FilterBar>
  )
}
