/** Steps of the doctor that send a mail from the mailbox to itself and see what becomes of it. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { MailboxSettings } from '../../lib/mailbox-settings.ts'
import { failed, mendFor, ok, warning } from '../../mail/finding.ts'
import type { Finding, Mailbox, SendOutcome } from '../../mail/mailbox.ts'
import { composeTestMail, newTag, plusAddress, type TestMail } from './compose-test-mail.ts'
import type { TimedStep } from './run-steps.ts'
import { type Arrival, type InboxWatch, watchInbox } from './watch-inbox.ts'

/** How long is waited, in milliseconds. */
export interface Patience {
  /** For the copy among what was sent. */
  copyMs: number
  /** For the mail to come back. */
  arrivalMs: number
  /** For the one with a plus-address, once the other has come. */
  plusMs: number
}

export interface MailStepsParts {
  settings: MailboxSettings
  mailbox: Mailbox
  /** How far the mailbox has been read. */
  cursor: string | null
  now: Date
  /** Without it the steps are listed and not taken. */
  send: boolean
  patience: Patience
}

/** What the steps hand to each other. */
interface Sent {
  plain: TestMail
  /** Null where the mailbox is not to take plus-addresses, or cannot. */
  plus: TestMail | null
  outcomes: SendOutcome[]
  at: number
  watch: InboxWatch
}

/** Sending, and what a step does once its waiting is over. */
const slackMs = 15_000
const slowMs = 30_000

/** At most two mails are sent; they are counted in no sending budget, which leaves room for them below Exchange's limit. */
export function mailSteps(parts: MailStepsParts): TimedStep[] {
  const { settings, mailbox, patience } = parts
  let sent: Sent | null = null
  const withSent = (run: (sent: Sent, signal: AbortSignal) => Promise<Finding>) => (signal: AbortSignal) => {
    if (sent === null) throw new Error('The test mails were not sent')
    return run(sent, signal)
  }
  const steps: TimedStep[] = [
    {
      id: 'send',
      needs:
        settings.type === 'imap-smtp' ? ['smtp-login'] : ['mailbox-server', 'token', 'role', 'ews-policy'],
      timeoutMs: 30_000,
      async run(signal) {
        sent = await sendTestMails(parts, signal)
        return findingOfSend(sent)
      },
    },
    {
      id: 'sent-copy',
      needs: ['send', 'read-mailbox'],
      timeoutMs: patience.copyMs + slackMs,
      run: withSent((mails, signal) => findCopy(mailbox, mails, patience.copyMs, signal)),
    },
    {
      id: 'round-trip',
      needs: ['send', 'read-mailbox'],
      timeoutMs: patience.arrivalMs + slackMs,
      run: withSent((mails, signal) => awaitPlain(mails, patience.arrivalMs, signal)),
    },
    {
      id: 'plus-address',
      needs: ['round-trip'],
      timeoutMs: patience.plusMs + slackMs,
      run: withSent((mails, signal) => awaitPlus(mails, settings, patience.plusMs, signal)),
    },
  ]
  return parts.send ? steps : steps.map((step) => ({ ...step, notSending: true }))
}

async function sendTestMails(
  { settings, mailbox, cursor, now }: MailStepsParts,
  signal: AbortSignal,
): Promise<Sent> {
  const { user: address, displayName: name, plusAddressing } = settings
  const compose = (to: string, tag: string) =>
    composeTestMail({ from: { name, address }, to, tag, date: now })
  const plain = await compose(address, newTag())
  const tag = newTag()
  const plusTo = plusAddressing ? plusAddress(address, tag) : null
  const plus = plusTo === null ? null : await compose(plusTo, tag)
  const mails = plus === null ? [plain] : [plain, plus]
  const at = performance.now()
  const outcomes = await mailbox.send(
    mails.map(({ sendable }) => sendable),
    signal,
  )
  return { plain, plus, outcomes, at, watch: watchInbox(mailbox, mails, { cursor, now }) }
}

function findingOfSend({ outcomes, at }: Sent): Finding {
  const [outcome] = outcomes
  if (outcome === undefined || outcome.outcome === 'sent') return ok(seconds(performance.now() - at))
  const { error } = outcome
  return (outcome.outcome === 'failed' ? failed : warning)(error.message, mendFor(error))
}

/** Promise 4 rests on it: after an unknown outcome the mailbox is asked whether a mail went out. */
async function findCopy(
  mailbox: Mailbox,
  { plain, outcomes }: Sent,
  forMs: number,
  signal: AbortSignal,
): Promise<Finding> {
  const messageId = outcomes[0]?.messageId ?? plain.sendable.messageId
  const end = performance.now() + forMs
  for (;;) {
    const found = await mailbox.findSent(messageId, signal)
    if (found === 'found') return ok(messageId)
    if (signal.aborted || performance.now() >= end) {
      return warning(messageId, { key: `doctor:sent-copy.${found}`, values: {} })
    }
    await sleep(1_000, undefined, { signal }).catch(() => {})
  }
}

async function awaitPlain({ plain, at, watch }: Sent, forMs: number, signal: AbortSignal): Promise<Finding> {
  const arrival = await watch.waitFor(plain, forMs, signal)
  const advice = (key: string) => ({ key: `doctor:round-trip.${key}`, values: { seconds: whole(forMs) } })
  if (arrival === null) {
    const waited = seconds(performance.now() - at)
    return watch.caughtUp() ? failed(waited, advice('not-arrived')) : warning(waited, advice('still-reading'))
  }
  if (arrival.what === 'report') return failed(plain.to, advice('bounced'))
  const took = arrival.at - at
  if (arrival.folder === 'junk') return warning(seconds(took), advice('in-junk'))
  if (!arrival.cleared) return warning(seconds(took), advice('not-cleared'))
  return took > slowMs ? warning(seconds(took), advice('slow')) : ok(seconds(took))
}

async function awaitPlus(
  { plus, outcomes, at, watch }: Sent,
  { plusAddressing }: MailboxSettings,
  forMs: number,
  signal: AbortSignal,
): Promise<Finding> {
  if (plus === null) {
    const key = plusAddressing ? 'too-long' : 'off'
    return { ...ok(''), mend: { key: `doctor:plus-address.${key}`, values: {} } }
  }
  const advice = (key: string) => ({ key: `doctor:plus-address.${key}`, values: { address: plus.to } })
  const outcome = outcomes[1]
  if (outcome?.outcome === 'failed') return failed(outcome.error.message, advice('bounced'))
  const arrival: Arrival | null = await watch.waitFor(plus, forMs, signal)
  if (arrival === null && !watch.caughtUp()) {
    return warning(plus.to, { key: 'doctor:round-trip.still-reading', values: { seconds: whole(forMs) } })
  }
  if (arrival === null) return failed(plus.to, advice('not-arrived'))
  if (arrival.what === 'report') return failed(plus.to, advice('bounced'))
  if (!arrival.keptAddress) return warning(plus.to, advice('tag-lost'))
  return ok(`${plus.to} ${seconds(arrival.at - at)}`)
}

function whole(milliseconds: number): string {
  return String(Math.round(milliseconds / 1000))
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
