import type { ParsedMessage } from '../../mail/message.ts'
import type { MessagePart, UnclearReason } from '../reading.ts'
import { boundHtml } from './bound-html.ts'
import { htmlText } from './html-text.ts'

const maximumLength = 64 * 1024
const maximumLines = 2_000

export interface BodyText {
  part: MessagePart
  text: string
  /** Why more may follow than is read; null when this is all. */
  cut: Extract<UnclearReason, 'too-large' | 'damaged'> | null
}

/**
 * The texts a message may be read as, the best first: its text part, what its HTML shows, and what its HTML holds when
 * that is more. Readers and senders see different ones, so an answer counts only when all of them give it. Each ends
 * its lines with LF and is bounded. At least one; empty when the message has no text.
 */
export function bodyTexts({ text, html, isCut }: ParsedMessage): BodyText[] {
  const bodies: BodyText[] = []
  const add = (part: MessagePart, text: string, isAll: boolean) => {
    const body = bounded(text)
    const isRead = isAll && body.isAll
    bodies.push({ part, text: body.text, cut: isRead ? (isCut ? 'damaged' : null) : 'too-large' })
  }
  if (text !== null && text.trim() !== '') add('text', text, true)
  if (html !== null) {
    const parsed = boundHtml(html)
    const { visible, complete } = htmlText(parsed)
    const isAll = parsed.length === html.length
    add('html', visible, isAll)
    if (complete !== visible) add('html-with-hidden', complete, isAll)
  }
  if (bodies.length === 0) add('text', '', true)
  return bodies
}

function bounded(text: string): { text: string; isAll: boolean } {
  const head = text.slice(0, maximumLength).replace(/\r\n?/g, '\n').toWellFormed()
  const end = endOfLine(head, maximumLines)
  return { text: head.slice(0, end), isAll: text.length <= maximumLength && end === head.length }
}

/** Where the given number of lines ends. */
function endOfLine(text: string, lines: number): number {
  let end = 0
  for (let line = 0; line < lines; line += 1) {
    const next = text.indexOf('\n', end)
    if (next === -1) return text.length
    end = next + 1
  }
  return end
}
