import type { Mailbox } from 'postal-mime'

/** What a client knows when it writes a reply. `quoted` is the original, in both forms it may be quoted in. */
export type ReplyDraft = {
  readonly text: string
  readonly locale: 'en' | 'fr'
  readonly quoted: {
    readonly from: Mailbox
    readonly to: readonly Mailbox[]
    readonly cc: readonly Mailbox[]
    readonly subject: string
    readonly sentAt: Date
    readonly text: string
    readonly html: string
  }
}

/** What a client makes of it. A client that writes plain text only leaves `html` out. */
export type ReplyBody = {
  readonly text: string
  readonly html?: string
  readonly headers: Readonly<Record<string, string>>
}

/** One mail client's way to answer: the quote, the attribution, the signature. */
export type ReplyStyle = (draft: ReplyDraft) => ReplyBody
