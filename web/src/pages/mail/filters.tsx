import { NativeSelect } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { FilterBar } from '../../parts/filter-bar.tsx'
import { isAddress, requestNumber } from '../../parts/filter-values.ts'
import { TypedFilter } from '../../parts/typed-filter.tsx'
import { directions, type Filter, filterIn, standings } from './filter.ts'

/** What the log is filtered by. Choosing goes to another address, so that a filtered log can be kept and sent. */
export function Filters({ filter }: { filter: Filter }) {
  const { t } = useTranslation('mail')
  const navigate = useNavigate()
  const choose = (changed: { [Name in keyof Filter]?: string }) =>
    void navigate({ to: '/mail', search: filterIn({ ...filter, ...changed }) })
  return (
    <FilterBar label={t('filter.label')}>
      <NativeSelect
        label={t('filter.direction')}
        value={filter.direction ?? ''}
        onChange={({ currentTarget }) => choose({ direction: currentTarget.value })}
        data={[
          { value: '', label: t('filter.both') },
          ...directions.map((one) => ({ value: one, label: t(`filter.${one}`) })),
        ]}
      />
      <NativeSelect
        label={t('filter.standing')}
        value={filter.standing ?? ''}
        onChange={({ currentTarget }) => choose({ standing: currentTarget.value })}
        data={[
          { value: '', label: t('filter.any') },
          ...standings.map((one) => ({ value: one, label: t(`standing.${one}`) })),
        ]}
      />
      <TypedFilter
        label={t('filter.person')}
        hint={t('filter.person-hint')}
        value={filter.person ?? ''}
        refuse={(person) => (isAddress(person) ? null : t('filter.person-wrong'))}
        onChoose={(person) => choose({ person })}
      />
      <TypedFilter
        label={t('filter.request')}
        hint={t('filter.request-hint')}
        value={String(filter.request ?? '')}
        refuse={(request) => (requestNumber(request) === undefined ? t('filter.request-wrong') : null)}
        onChoose={(request) => choose({ request })}
      />
    </FilterBar>
  )
}
