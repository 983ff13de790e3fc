import type { Attachment } from 'postal-mime'
import type { Answer } from '../http/answer.ts'
import type { Words } from '../words/english.ts'

/** The name an attachment is shown and saved under. */
export function attachmentName({ filename }: Attachment, index: number, words: Words): string {
  return filename || words.unnamedAttachment(index)
}

/** The decoded octets of an attachment. */
export function attachmentOctets({ content }: Attachment): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content)
}

/** Hands an attachment out to be saved, never to be shown: as HTML or SVG it would speak with our origin. */
export function attachmentAnswer(attachment: Attachment, index: number, words: Words): Answer {
  // RFC 8187 section 3.2.1 allows fewer characters than encodeURIComponent leaves alone.
  const name = encodeURIComponent(attachmentName(attachment, index, words).toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return {
    status: 200,
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename*=UTF-8''${name}`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
    },
    body: attachmentOctets(attachment),
  }
}
