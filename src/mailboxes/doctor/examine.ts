/**
 * The doctor: looks at all that a mailbox needs, step by step, and says what each step found and what mends it. Nothing that
 * it does can decide, move or mark other mail; the database is read and never written.
 */
import { warning } from '../../mail/finding.ts'
import type { CheckFacts, Mailbox } from '../../mail/mailbox.ts'
import type { Context } from '../../store/context.ts'
import { applicationOf } from '../application-of.ts'
import { credentialExpiry } from '../credential-expiry.ts'
import { EWS_ENDS_ON } from '../ews-end.ts'
import type { MailboxRow } from '../open-mailboxes.ts'
import { addressesOfApplication } from './addresses-of-application.ts'
import { checkClock } from './check-clock.ts'
import { checkCredential } from './check-credential.ts'
import { checkOtherMailbox } from './check-other-mailbox.ts'
import { checkPush } from './check-push.ts'
import { mailSteps, type Patience } from './mail-steps.ts'
import { inOrder } from './order.ts'
import { type Check, runSteps, type TimedStep } from './run-steps.ts'

export interface Examination {
  row: MailboxRow
  /** Opened for the doctor alone, so that no token and no connection of before hides what is wrong now. */
  mailbox: Mailbox
  /** Whether test mails may be sent. */
  send: boolean
  signal: AbortSignal
  patience?: Patience
}

/** Together with what the other steps take, short enough for the whole. */
const usualPatience: Patience = { copyMs: 15_000, arrivalMs: 40_000, plusMs: 15_000 }

/** All steps together: a page waits for the last one. */
const WHOLE_MS = 120_000

/** Yields each check as soon as it is done. Ends after two minutes at most, with what is left as skipped. */
export async function* examine(
  { db, clock }: Context,
  { row, mailbox, send, signal, patience = usualPatience }: Examination,
): AsyncGenerator<Check> {
  const { settings } = row
  const application = applicationOf(settings)
  const skews: number[] = []
  let learnt: CheckFacts = {}
  const learn = (facts: CheckFacts) => {
    learnt = { ...learnt, ...facts }
    if (facts.serverTime) skews.push(facts.serverTime.getTime() - clock().getTime())
  }

  const steps: TimedStep[] = [...mailbox.checks()]
  // IMAP and SMTP tell no time; Entra does.
  const teller = application !== null ? 'token-server' : 'mailbox-server'
  if (application !== null || settings.type !== 'imap-smtp') {
    steps.push({ id: 'clock', needs: [teller], run: async () => checkClock(skews) })
  }
  const { opensAnother } = mailbox
  if (application !== null && opensAnother !== null) {
    steps.push({
      id: 'other-mailbox',
      needs: ['read-mailbox'],
      async run(signal) {
        const others = await addressesOfApplication(db, application)
        const addresses = [...new Set([settings.user, ...others])]
        const { type, probeAddress: probe } = settings
        const servicePrincipalId = learnt.servicePrincipalId ?? null
        const facts = { type, clientId: application.clientId, servicePrincipalId, addresses, probe }
        return checkOtherMailbox(opensAnother, facts, signal)
      },
    })
  }
  steps.push(...mailSteps({ settings, mailbox, cursor: row.cursor, now: clock(), send, patience }))
  const expiry = credentialExpiry(settings, clock())
  if (expiry !== null) steps.push({ id: 'credential', needs: [], run: async () => checkCredential(expiry) })
  if (settings.type === 'exchange-online-ews') {
    const mend = { key: 'doctor:ews-end.exchange-online', values: {} }
    steps.push({ id: 'ews-end', needs: [], run: async () => warning(EWS_ENDS_ON, mend) })
  }

  const push = await db
    .selectFrom('mailboxPush')
    .select(['state', 'expiresAt', 'trouble'])
    .where('mailboxId', '=', row.id)
    .where('state', '!=', 'unsupported')
    .executeTakeFirst()
  if (push) steps.push({ id: 'push', needs: [], run: async () => checkPush(push) })

  yield* runSteps(inOrder(steps), AbortSignal.any([signal, AbortSignal.timeout(WHOLE_MS)]), learn)
}
