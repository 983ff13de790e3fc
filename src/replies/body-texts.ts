import type { ParsedMessage } from '../mail/message.ts'
import { boundHtml } from './bound-html.ts'
import { htmlText } from './html-text.ts'
import type { MessagePart } from './reading.ts'

const maximumLength = 64 * 1024
const maximumLines = 2_000

export interface BodyText {
  part: MessagePart
  text: string
  /** Whether the body was longer than what is read. */
  cut: boolean
}

/**
 * The texts a message may be read as, the best first: its text part, what its HTML shows, and what its HTML holds when
 * that is more. Readers and senders see different ones, so an answer counts only when all of them give it. Each ends
 * its lines with LF and is bounded. At least one; empty when the message has no text.
 */
export function bodyTexts({ text, html }: ParsedMessage): BodyText[] {
  const bodies: BodyText[] = []
  if (text !== null && text.trim() !== '') bodies.push(bounded('text', text, false))
  if (html !== null) {
    const parsed = boundHtml(html)
    const { visible, complete } = htmlText(parsed)
    const cut = parsed.length < html.length
    bodies.push(bounded('html', visible, cut))
    if (complete !== visible) bodies.push(bounded('html-with-hidden', complete, cut))
  }
  return bodies.length > 0 ? bodies : [{ part: 'text', text: '', cut: false }]
}

function bounded(part: MessagePart, text: string, alreadyCut: boolean): BodyText {
  const head = text.slice(0, maximumLength).replace(/\r\n?/g, '\n').toWellFormed()
  const end = endOfLine(head, maximumLines)
  return {
    part,
    text: head.slice(0, end),
    cut: alreadyCut || text.length > maximumLength || end < head.length,
  }
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
