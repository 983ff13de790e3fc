import type { ReplyReading, TraceEntry } from '../reading.ts'
import { isMeaningful, splitLines, type TextLine } from '../text-lines.ts'

/** Of a longer footer these are its last lines. */
const mostLines = 6

/**
 * The lines at the end of what a reply says, the last first: where a footer stands, be it known as one or not yet. Below
 * them is nothing but what a device, a gateway or a quote put there. None of what stands in or above an answer or a
 * signature, and never the first line of all: that one is what the writer had to say.
 */
export function lastLines({ kind, text, trace }: ReplyReading): TextLine[] {
  if (!['answers', 'comment', 'instruction', 'unclear'].includes(kind)) return []
  const found: TextLine[] = []
  for (const entry of trace.toReversed()) {
    if (isEnd(entry)) return found.slice(0, mostLines)
    if (!isLast(entry)) continue
    found.push(...splitLines(text.slice(entry.from, entry.to)).filter(isMeaningful).toReversed())
  }
  return found.slice(0, -1).slice(0, mostLines)
}

function isLast({ region, rule }: TraceEntry): boolean {
  return region === 'comment' || rule === 'learned-footer'
}

/** What the writer signed or thanked with is no footer, nor is what stands above it. */
function isEnd({ region, rule }: TraceEntry): boolean {
  if (region === 'signature') return rule !== 'device'
  return region === 'answer' || region === 'courtesy' || rule === 'same-line'
}
