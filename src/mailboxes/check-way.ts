import type { ExchangeOnlineSettings } from '../lib/mailbox-settings.ts'
import type { Locale } from '../lib/translate.ts'
import type { CheckFacts } from '../mail/mailbox.ts'
import { describeCheck } from './doctor/describe-check.ts'
import { guideStepOf } from './doctor/guide-step.ts'
import { type Check, runSteps } from './doctor/run-steps.ts'
import type { MailboxRow, OpenMailboxes } from './open-mailboxes.ts'

/** A step on the way over Graph, and what came of it. */
export interface WayCheck extends Pick<Check, 'id' | 'outcome' | 'evidence'> {
  /** Of the setup guide. */
  guideStep: number | null
  words: Record<Locale, { title: string; mend: string | null }>
}

/**
 * Tries the way to a mailbox over Microsoft Graph with settings that it does not have yet, and with the credential that it
 * has: steps of the doctor that change nothing and send nothing.
 */
export async function checkWay(
  mailboxes: OpenMailboxes,
  row: MailboxRow,
  settings: ExchangeOnlineSettings,
  signal: AbortSignal,
): Promise<WayCheck[]> {
  const mailbox = mailboxes.openAnew({ ...row, settings })
  const checks: Check[] = []
  let roles: string[] = []
  const learn = (facts: CheckFacts) => {
    roles = facts.roles ?? roles
  }
  try {
    for await (const check of runSteps(mailbox.checks(), signal, learn)) checks.push(maySend(check, roles))
  } finally {
    await mailbox.close()
  }
  return checks.map((check) => {
    const { id, outcome, evidence } = check
    return {
      id,
      outcome,
      evidence,
      guideStep: guideStepOf(check.mend),
      words: { en: describeCheck(check, 'en'), fr: describeCheck(check, 'fr') },
    }
  })
}

/**
 * Whether it may send is known without sending only where Entra granted the other permission: that one is in the token,
 * and then this one would be. A mailbox that can be read and not sent from is better not moved.
 */
function maySend(check: Check, roles: readonly string[]): Check {
  if (check.id !== 'role' || !roles.includes('Mail.ReadWrite') || roles.includes('Mail.Send')) return check
  return { ...check, outcome: 'failed', mend: { key: 'migration:send-missing', values: {} } }
}
