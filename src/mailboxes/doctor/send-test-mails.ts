import type { MailboxSettings } from '../../lib/mailbox-settings.ts'
import { failed, mendFor, ok, warning } from '../../mail/finding.ts'
import type { Finding, Mailbox, SendOutcome } from '../../mail/mailbox.ts'
import { composeTestMail, newTag, plusAddress, type TestMail } from './compose-test-mail.ts'
import { seconds } from './seconds.ts'
import { type InboxWatch, watchInbox } from './watch-inbox.ts'

/** The test mails on their way. */
export interface SentMails {
  plain: TestMail
  /** To a plus-address; null where the mailbox is not to take any, or cannot. */
  plus: TestMail | null
  /** Of both, in that order. */
  outcomes: SendOutcome[]
  /** When they were sent, by `performance.now()`. */
  at: number
  watch: InboxWatch
}

export interface SendTestMailsParts {
  settings: MailboxSettings
  mailbox: Mailbox
  /** How far the mailbox has been read. */
  cursor: string | null
  now: Date
}

/**
 * Sends at most two mails from the mailbox to itself. They are counted in no sending budget, which leaves room for them
 * below Exchange's limit. Throws `MailError` when the mailbox takes none.
 */
export async function sendTestMails(parts: SendTestMailsParts, signal: AbortSignal): Promise<SentMails> {
  const { settings, mailbox, cursor, now } = parts
  const { user: address, displayName: name, plusAddressing } = settings
  const compose = (to: string, tag: string) =>
    composeTestMail({ from: { name, address }, to, tag, date: now })
  const plain = await compose(address, newTag())
  const tag = newTag()
  const plusTo = plusAddressing ? plusAddress(address, tag) : null
  const plus = plusTo === null ? null : await compose(plusTo, tag)
  const mails = plus === null ? [plain] : [plain, plus]
  const at = performance.now()
  const sendables = mails.map(({ sendable }) => sendable)
  const outcomes = await mailbox.send(sendables, signal)
  return { plain, plus, outcomes, at, watch: watchInbox(mailbox, mails, { cursor, now }) }
}

/** What became of the first one; the other may be refused for its address alone. */
export function findingOfSending({ outcomes, at }: SentMails): Finding {
  const [outcome] = outcomes
  if (outcome === undefined || outcome.outcome === 'sent') return ok(seconds(performance.now() - at))
  const { error } = outcome
  return (outcome.outcome === 'failed' ? failed : warning)(error.message, mendFor(error))
}
