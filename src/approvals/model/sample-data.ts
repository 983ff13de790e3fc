import { minorDigits } from '../../lib/currency.ts'
import type { RequestData } from './check-request-data.ts'
import type { Field, ProcessDefinition } from './process.ts'

/**
 * What a requester may have filled in, to show a form's mails before there is a request. `text` is written for a text
 * field, and `year` is that of the days.
 */
export function sampleData(
  { fields }: ProcessDefinition,
  { text, year }: { text: (field: Field) => string; year: number },
): RequestData {
  const filled = fields.filter(({ filledBy }) => filledBy === 'requester')
  return Object.fromEntries(filled.map((field) => [field.name, sampleValue(field, { text, year })]))
}

function sampleValue(
  field: Field,
  { text, year }: { text: (field: Field) => string; year: number },
): string | number {
  switch (field.type) {
    case 'number':
      return 12
    case 'money':
      return (1250).toFixed(minorDigits(field.currency ?? ''))
    case 'date':
      return `${year}-07-15`
    case 'choice':
      return field.options?.[0]?.value ?? ''
    case 'text':
      return field.person === true ? 'camille.martin@example.com' : text(field)
  }
}
