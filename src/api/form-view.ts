import { z } from 'zod'
import { formatValue } from '../approvals/model/format-value.ts'
import type { ProcessDefinition } from '../approvals/model/process.ts'
import { localText } from './common-schemas.ts'

/** What the requester filled in, as it is read: a field's label, and its value in the notation of each language. */
export const formEntry = z
  .object({
    name: z.string(),
    label: localText,
    type: z.enum(['text', 'number', 'money', 'date', 'choice']),
    text: localText.describe('The value in the notation of each language: `18 460,00 €`'),
  })
  .meta({ id: 'FormEntry' })

/** The fields of a request's form that have a value, in their order. */
export function toFormView(
  { fields }: ProcessDefinition,
  data: Record<string, unknown>,
): z.output<typeof formEntry>[] {
  return fields
    .filter(({ filledBy, name }) => filledBy === 'requester' && (data[name] ?? '') !== '')
    .map((field) => ({
      name: field.name,
      label: field.label,
      type: field.type,
      text: {
        en: formatValue(field, data[field.name], 'en'),
        fr: formatValue(field, data[field.name], 'fr'),
      },
    }))
}

/** How much is asked for: the first amount, or null. */
export function amountIn(form: z.output<typeof formEntry>[]) {
  return form.find(({ type }) => type === 'money')?.text ?? null
}
