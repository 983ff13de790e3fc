import type { MailboxSettings } from '../../lib/mailbox-settings.ts'
import type { Finding } from '../../mail/mailbox.ts'
import { awaitPlusAddress } from './await-plus-address.ts'
import { awaitRoundTrip } from './await-round-trip.ts'
import { findSentCopy } from './find-sent-copy.ts'
import type { TimedStep } from './run-steps.ts'
import {
  findingOfSending,
  type SendTestMailsParts,
  type SentMails,
  sendTestMails,
} from './send-test-mails.ts'

/** How long is waited, in milliseconds. */
export interface Patience {
  /** For the copy among what was sent. */
  copyMs: number
  /** For the mail to come back. */
  arrivalMs: number
  /** For the one with a plus-address, once the other has come. */
  plusMs: number
}

interface MailStepsParts extends SendTestMailsParts {
  /** Without it the steps are listed and not taken. */
  send: boolean
  patience: Patience
}

/** What a step does once its waiting is over. */
const slackMs = 15_000

const throughApplication = ['mailbox-server', 'token', 'role', 'ews-policy']

/**
 * What has to work before something is sent. A password that reading has shown to be wrong is not tried again: directories
 * lock accounts.
 */
const waysToSend: Record<MailboxSettings['type'], string[]> = {
  'exchange-online-graph': throughApplication,
  'exchange-online-ews': throughApplication,
  'exchange-server-ews': ['read-mailbox'],
  'imap-smtp': ['smtp-login'],
}

/** Steps that send a mail from the mailbox to itself and see what becomes of it. */
export function mailSteps(parts: MailStepsParts): TimedStep[] {
  const { settings, mailbox, patience } = parts
  let sent: SentMails | null = null
  const withSent =
    (run: (sent: SentMails, signal: AbortSignal) => Promise<Finding>) => (signal: AbortSignal) => {
      if (sent === null) throw new Error('The test mails were not sent')
      return run(sent, signal)
    }
  const steps: TimedStep[] = [
    {
      id: 'send',
      needs: waysToSend[settings.type],
      timeoutMs: 30_000,
      async run(signal) {
        sent = await sendTestMails(parts, signal)
        return findingOfSending(sent)
      },
    },
    {
      id: 'sent-copy',
      needs: ['send', 'read-mailbox'],
      timeoutMs: patience.copyMs + slackMs,
      run: withSent((mails, signal) => findSentCopy(mailbox, mails, patience.copyMs, signal)),
    },
    {
      id: 'round-trip',
      needs: ['send', 'read-mailbox'],
      timeoutMs: patience.arrivalMs + slackMs,
      run: withSent((mails, signal) => awaitRoundTrip(mails, patience.arrivalMs, signal)),
    },
    {
      id: 'plus-address',
      needs: ['round-trip'],
      timeoutMs: patience.plusMs + slackMs,
      run: withSent((mails, signal) => awaitPlusAddress(mails, settings, patience.plusMs, signal)),
    },
  ]
  return parts.send ? steps : steps.map((step) => ({ ...step, notSending: true }))
}
