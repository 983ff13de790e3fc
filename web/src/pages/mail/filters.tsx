import { NativeSelect, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { directions, type Filter, filterIn, isAddress, requestNumber, standings } from './filter.ts'
import classes from './filters.module.css'

/** What the log is filtered by. Choosing goes to another address, so that a filtered log can be kept and sent. */
export function Filters({ filter }: { filter: Filter }) {
  const { t } = useTranslation('mail')
  const navigate = useNavigate()
  const choose = (changed: { [Name in keyof Filter]?: string }) =>
    void navigate({ to: '/mail', search: filterIn({ ...filter, ...changed }) })
  return (
    <search className={classes.filters} aria-label={t('filter.label')}>
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
      <Typed
        label={t('filter.person')}
        hint={t('filter.person-hint')}
        value={filter.person ?? ''}
        refuse={(person) => (isAddress(person) ? null : t('filter.person-wrong'))}
        onChoose={(person) => choose({ person })}
      />
      <Typed
        label={t('filter.request')}
        hint={t('filter.request-hint')}
        value={String(filter.request ?? '')}
        refuse={(request) => (requestNumber(request) === undefined ? t('filter.request-wrong') : null)}
        onChoose={(request) => choose({ request })}
      />
    </search>
  )
}

interface TypedProps {
  label: string
  hint: string
  value: string
  /** What to write instead; null of what can be looked for. */
  refuse: (typed: string) => string | null
  onChoose: (typed: string) => void
}

/** A filter that is typed: it counts once one has finished, with Enter or by going on. */
function Typed({ label, hint, value, refuse, onChoose }: TypedProps) {
  const [wrong, setWrong] = useState<string | null>(null)
  const finish = (typed: string) => {
    const refusal = typed === '' ? null : refuse(typed)
    setWrong(refusal)
    if (refusal === null && typed !== value) onChoose(typed)
  }
  return (
    <TextInput
      // Another address of the page has another value.
      key={value}
      label={label}
      placeholder={hint}
      defaultValue={value}
      error={wrong}
      onBlur={({ currentTarget }) => finish(currentTarget.value.trim())}
      onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
    />
  )
}
