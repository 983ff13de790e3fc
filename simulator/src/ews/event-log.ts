import type { MailboxEvent } from '../mail/mailbox.ts'

/** As many events a subscription keeps for a client that does not come; the oldest are lost then. */
const KEPT = 10_000
/** As many one answer holds. */
const PAGE = 50

/** An event with its watermark: the place a client has read up to when it has seen it. */
export interface LoggedEvent {
  watermark: string
  event: MailboxEvent
  /** When it happened, in milliseconds since the epoch. */
  at: number
}

interface EventPage {
  events: LoggedEvent[]
  hasMore: boolean
}

/** What a pull subscription keeps until its client asks. */
export interface EventLog {
  add(event: MailboxEvent): void
  /** The watermark after all events so far. */
  end(): string
  /** What comes after a watermark, or `null` when the log never gave that one or has lost what follows. */
  after(watermark: string): EventPage | null
}

export function createEventLog(): EventLog {
  let kept: Omit<LoggedEvent, 'watermark'>[] = []
  let dropped = 0
  return {
    add(event) {
      kept.push({ event, at: event.mailbox.now() })
      if (kept.length <= KEPT) return
      kept = kept.slice(KEPT / 2)
      dropped += KEPT / 2
    },
    end: () => writeWatermark(dropped + kept.length),
    after(watermark) {
      const start = readWatermark(watermark) - dropped
      if (!(start >= 0 && start <= kept.length)) return null
      const events = kept.slice(start, start + PAGE).map((entry, index) => ({
        ...entry,
        watermark: writeWatermark(dropped + start + index + 1),
      }))
      return { events, hasMore: start + PAGE < kept.length }
    },
  }
}

function writeWatermark(position: number): string {
  const octets = Buffer.alloc(20)
  octets.writeUInt8(1, 0)
  octets.writeUIntBE(position, 14, 6)
  return octets.toString('base64')
}

function readWatermark(watermark: string): number {
  const octets = Buffer.from(watermark, 'base64')
  return octets.length === 20 ? octets.readUIntBE(14, 6) : Number.NaN
}
