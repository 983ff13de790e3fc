import { translator } from '../../lib/translate.ts'
import type { Mend } from '../../mail/mailbox.ts'

/** Steps of the setup guide (`/configuration/setup-guide`); the first five are those of the WorkflowGen guide. */
const LAST_STEP = 8

/** Texts that name another step than the one that mends most, or none. */
const better: Record<string, number> = {
  'doctor:other-mailbox.no-probe': 7,
  'doctor:other-mailbox.open': 7,
  'doctor:other-mailbox.no-probe-imap': 7,
  'doctor:other-mailbox.open-imap': 7,
  'mail-errors:imap.not-connected': 7,
  // Which way in takes which permission.
  'mail-errors:policy.ews-disabled': 2,
  'mail-errors:policy.ews-blocked': 2,
}

/** The step of the setup guide that mends it: the first that its text names. Null where the guide does not help. */
export function guideStepOf(mend: Mend | null): number | null {
  if (mend === null) return null
  // Without the values: what a provider says names no step of ours.
  const values = Object.fromEntries(Object.keys(mend.values).map((name) => [name, '']))
  const [, named] = /\bsteps? (\d)/.exec(translator('en')(mend.key, values)) ?? []
  const step = better[mend.key] ?? Number(named ?? 0)
  return step >= 1 && step <= LAST_STEP ? step : null
}
