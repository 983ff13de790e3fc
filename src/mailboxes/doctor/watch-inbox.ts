import { setTimeout as sleep } from 'node:timers/promises'
import type { Mailbox, MessageHead } from '../../mail/mailbox.ts'
import type { Folder, RawMessage } from '../../mail/message.ts'
import type { TestMail } from './compose-test-mail.ts'

/** What came of a test mail: itself, or a report that it could not be delivered. */
export interface Arrival {
  what: 'mail' | 'report'
  folder: Folder
  /** When it was seen, by `performance.now()`. */
  at: number
  /** Whether the part behind the plus was still there; true for a mail without one. */
  keptAddress: boolean
  /** Whether it was put into Deleted Items; a report is left where it is, for it says why. */
  cleared: boolean
}

export interface InboxWatch {
  /** What has come of this mail so far; null while nothing has. */
  arrival(mail: TestMail): Arrival | null
  /** Whether all that lies in the mailbox has been seen. */
  caughtUp(): boolean
  /** Looks again and again until this mail has come or the time is over. Throws `MailError`. */
  waitFor(mail: TestMail, forMs: number, signal: AbortSignal): Promise<Arrival | null>
}

const limit = { messages: 10, bytes: 4 * 1024 * 1024 }
const dayMs = 24 * 60 * 60_000
/** Milliseconds between two looks. */
const firstPause = 250
const longestPause = 3_000

/**
 * Looks for test mails from where the mailbox was read to. The stored cursor is only read: whoever receives goes on from it
 * as if nobody had looked. No other message is fetched, let alone moved.
 */
export function watchInbox(
  mailbox: Mailbox,
  mails: readonly TestMail[],
  start: { cursor: string | null; now: Date },
): InboxWatch {
  const arrivals = new Map<TestMail, Arrival>()
  const seen = new Set<string>()
  let { cursor } = start
  let caughtUp = false

  /** One look, page after page; after the first it ends when the time is over. */
  async function look(end: number, signal: AbortSignal): Promise<void> {
    let more: boolean
    do {
      const received = await mailbox.receive({
        cursor,
        // By the mailbox's own clock, which may be behind ours; for one that is read anew from its beginning.
        startFrom: new Date(start.now.getTime() - dayMs),
        areOurs: async (heads) => heads.map((head) => mails.some((mail) => mentions(head, mail))),
        isKnown: async (ids) => new Set(ids.filter((id) => seen.has(id))),
        limit,
        signal,
      })
      cursor = received.cursor
      more = received.more
      for (const message of received.messages) await note(message, signal)
    } while (more && performance.now() < end)
    caughtUp = !more
  }

  async function note(message: RawMessage, signal: AbortSignal): Promise<void> {
    seen.add(message.providerId)
    const head = headerBlock(message)
    const mail = mails.find(({ tag }) => head.includes(tag))
    if (mail === undefined) return
    const isReport =
      /^REPORT\./i.test(message.itemClass ?? '') || /^content-type:\s*multipart\/report/im.test(head)
    const arrival: Arrival = {
      what: isReport ? 'report' : 'mail',
      folder: message.folder,
      at: performance.now(),
      keptAddress: head.includes(mail.to),
      cleared: false,
    }
    arrivals.set(mail, arrival)
    if (isReport) return
    const [settled] = await mailbox.settle([message.providerId], 'delete', signal)
    arrival.cleared = settled?.error === null
  }

  return {
    arrival: (mail) => arrivals.get(mail) ?? null,
    caughtUp: () => caughtUp,
    async waitFor(mail, forMs, signal) {
      const end = performance.now() + forMs
      for (let pause = firstPause; ; pause = Math.min(pause * 1.5, longestPause)) {
        await look(end, signal)
        const arrival = arrivals.get(mail)
        const left = end - performance.now()
        if (arrival || left <= 0) return arrival ?? null
        await sleep(Math.min(pause, left), undefined, { signal }).catch(() => {})
        if (signal.aborted) return null
      }
    },
  }
}

/** Whether a message may be this mail or a report about it, as far as it shows before it is fetched. */
function mentions({ subject, references, recipients }: MessageHead, { tag }: TestMail): boolean {
  return [subject, ...references, ...recipients].some((text) => text.includes(tag))
}

function headerBlock({ transportHeaders, raw }: RawMessage): string {
  if (transportHeaders !== null) return transportHeaders
  const [head = ''] = Buffer.from(raw.subarray(0, 64 * 1024))
    .toString('latin1')
    .split(/\r?\n\r?\n/, 1)
  return head
}
