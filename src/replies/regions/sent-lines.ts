import { phraseKey } from '../phrases.ts'
import type { TextLine } from '../text-lines.ts'
import { keyOf } from '../words.ts'

/** What we sent, by folded line; a client may have dropped every other sign that it quotes. */
export interface SentLines {
  keys: string[]
  numbers: ReadonlyMap<string, number>
  /** All of it in one line, between spaces: a mailer may have broken its lines elsewhere. */
  joined: string
}

/** A piece of a line of ours this long stands in no answer by chance. */
const pieceWords = 3

/** As many lines are looked for as pieces; a reply that quotes more of us without any mark is asked back. */
const mostPieces = 200

/** Reads what we sent when it is first needed: most replies show their quote by other signs. */
export function sentLines(sentText: string | null): () => SentLines {
  let lines: SentLines | null = null
  return () => {
    lines ??= readSentLines(sentText)
    return lines
  }
}

function readSentLines(sentText: string | null): SentLines {
  const keys = (sentText ?? '')
    .split('\n')
    .map(phraseKey)
    .filter((key) => key !== '')
  return { keys, numbers: new Map(keys.map((key, number) => [key, number])), joined: ` ${keys.join(' ')} ` }
}

/** Walks up from a proven line of ours over the lines that stood above it, so that a lone `YES` of ours is no answer. */
export function firstSentLine(lines: TextLine[], at: number, sent: SentLines, number: number): number {
  let first = at
  let expected = number - 1
  for (let above = at - 1; above >= 0; above -= 1) {
    const line = lines[above]
    if (line === undefined || line.words.length === 0) continue
    if (keyOf(line.words) !== sent.keys[expected]) break
    first = above
    expected -= 1
  }
  return first
}

/**
 * The lines that are not ours, of text of ours that nothing marks as a quote: who copies a line of it goes on writing
 * below. Ours is a whole line, a line that goes on where the one above ended, and a piece of some length.
 */
export function notOfSent(lines: TextLine[], { joined, numbers }: SentLines): Set<TextLine> {
  const others = new Set<TextLine>()
  let end = -1
  let pieces = 0
  for (const line of lines) {
    if (line.words.length === 0) continue
    const key = `${keyOf(line.words)} `
    if (end !== -1 && joined.startsWith(key, end)) end += key.length
    else {
      const isLong = line.words.length >= pieceWords && pieces < mostPieces
      if (isLong) pieces += 1
      const found = isLong ? joined.indexOf(` ${key}`) : -1
      if (found === -1 && !numbers.has(keyOf(line.words))) others.add(line)
      else if (found !== -1) end = found + 1 + key.length
    }
  }
  return others
}
