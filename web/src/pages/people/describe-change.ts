import type { TFunction } from 'i18next'
import { roles } from './filter.ts'

const fields = ['address', 'name', 'locale', 'timeZone', 'role', 'active', 'manager', 'aliases'] as const

interface Change {
  field: string
  from: string | null
  to: string | null
}

/** A change of a person in words: `Role: Member → Auditor`. */
export function describeChange({ field, from, to }: Change, t: TFunction<'people'>): string {
  const known = fields.find((one) => one === field)
  if (known === undefined) return field
  const name = t(`field.${known}`)
  const value = (text: string | null) => (text === null ? t('change.nothing') : valueInWords(known, text, t))
  if (from === null) return t('change.new', { name, to: value(to) })
  return t('change.from-to', { name, from: value(from), to: value(to) })
}

function valueInWords(field: (typeof fields)[number], text: string, t: TFunction<'people'>): string {
  const role = roles.find((one) => one === text)
  if (field === 'role' && role) return t(`role.${role}`)
  if (field === 'active') return t(text === 'true' ? 'active.true' : 'active.false')
  if (field === 'locale' && (text === 'en' || text === 'fr')) return t(`locale.${text}`)
  return text
}
