/** What a step of the doctor found, as adapters put it. */
import type { MailError } from './errors.ts'
import type { CheckFacts, Finding, Mend } from './mailbox.ts'

/** All is well. */
export function ok(evidence: string, facts: CheckFacts = {}): Finding {
  return { outcome: 'ok', evidence, mend: null, facts }
}

/** It works, but there is something to know or to do. */
export function warning(evidence: string, mend: Mend, facts: CheckFacts = {}): Finding {
  return { outcome: 'warning', evidence, mend, facts }
}

/** It does not work. */
export function failed(evidence: string, mend: Mend): Finding {
  return { outcome: 'failed', evidence, mend, facts: {} }
}

/** What is to be done about a failure: the exact text where there is one, else the kind's. */
export function mendFor(error: Pick<MailError, 'kind' | 'messageKey' | 'messageValues'>): Mend {
  const { kind, messageKey, messageValues } = error
  return { key: `mail-errors:${messageKey ?? `kind.${kind}`}`, values: messageValues }
}
