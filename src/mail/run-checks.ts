import { MailError } from './errors.ts'
import type { Check } from './mailbox.ts'

export type Finding = Omit<Check, 'id'>

/** Steps in the order in which they depend on each other, by the ids of their texts. */
export type Steps = Record<string, () => Promise<Finding>>

/** Runs the steps of a diagnosis one after another; after a failed one the others are skipped. */
export async function* runChecks(steps: Steps): AsyncGenerator<Check> {
  let failed = false
  for (const [id, step] of Object.entries(steps)) {
    const finding: Finding = failed
      ? { outcome: 'skipped', evidence: '', error: null }
      : await step().catch(failure)
    failed ||= finding.outcome === 'failed'
    yield { id, ...finding }
  }
}

export function ok(evidence: string): Finding {
  return { outcome: 'ok', evidence, error: null }
}

function failure(error: unknown): Finding {
  if (!(error instanceof MailError)) throw error
  return { outcome: 'failed', evidence: error.message, error }
}
