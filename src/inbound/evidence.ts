import type { Understood } from './understood.ts'

/**
 * What was read and what was trusted, without the words of the mail: kept in the audit entry, where a body has no
 * place. The full reading stays with the message.
 */
export function evidenceOf({ reading, verdict }: Pick<Understood, 'reading' | 'verdict'>): object {
  const details = Object.fromEntries(
    Object.entries(reading.details).map(([id, { value, matchedBy }]) => [id, { value, matchedBy }]),
  )
  return {
    reading: { kind: reading.kind, answers: reading.answers, details, reason: reading.reason },
    verdict,
  }
}
