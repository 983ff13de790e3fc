import { type Address, addressesIn, decodeText, fieldValue, readHeaderBlock } from './header-block.ts'

/** The header fields that a folder view shows. */
export interface Summary {
  subject: string
  from: Address | null
  sender: Address | null
  to: Address[]
  messageId: string | null
  inReplyTo: string | null
  references: string | null
  hasAttachments: boolean
}

/** Reads what a folder view shows of a message. */
export function summarise(raw: Buffer): Summary {
  const { fields } = readHeaderBlock(raw)
  const from = addressesIn(fields, 'From')[0] ?? null
  return {
    subject: decodeText(fieldValue(fields, 'Subject') ?? ''),
    from,
    sender: addressesIn(fields, 'Sender')[0] ?? from,
    to: addressesIn(fields, 'To'),
    messageId: fieldValue(fields, 'Message-ID') ?? null,
    inReplyTo: fieldValue(fields, 'In-Reply-To') ?? null,
    references: fieldValue(fields, 'References') ?? null,
    hasAttachments: /^multipart\/mixed/i.test(fieldValue(fields, 'Content-Type') ?? ''),
  }
}
