import { isFormLine } from '../answers/is-form-line.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import { isPhrase } from '../phrases.ts'
import { label, type TextLine } from '../text-lines.ts'
import { keyOf } from '../words.ts'
import { isAttribution } from './is-attribution.ts'
import { isHeaderBlock } from './is-header-block.ts'
import { isOriginalMessage } from './is-original-message.ts'
import { marksQuote } from './marker.ts'
import { partGluedQuote } from './part-glued-quote.ts'
import { firstSentLine, notOfSent, type SentLines, sentLines } from './sent-lines.ts'

/** A line of ours this long stands in no answer by chance. */
const provingWords = 4

/** `----- Ursprüngliche Mail -----` */
const longestRule = 100

/**
 * Labels what is quoted: from the first sign of a quote to the end, whatever client and language made it. Where
 * `sentText` proves that a quoted block is unbroken, text between and below its `>` lines is new text again (people
 * who answer below); without that proof it may be the rest of a line of ours that a mailer wrapped.
 */
export function labelQuote(lines: TextLine[], sentText: string | null): void {
  const sent = sentLines(sentText)
  const start = findQuote(lines, sent)
  if (start === null) return
  const quoted = lines.slice(start.at)
  if (start.rule === 'marker') label(quoted.slice(0, 1), 'marker', 'marker')
  const below = start.rule === 'header-block' ? null : answeredBelow(quoted, start.rule, sent)
  label(
    quoted.filter((line) => !below?.has(line)),
    'quote',
    start.rule,
  )
}

function findQuote(lines: TextLine[], sent: () => SentLines): { at: number; rule: string } | null {
  for (let at = 0; at < lines.length; at += 1) {
    partGluedQuote(lines, at)
    const rule = quoteRuleAt(lines, at, sent)
    if (rule !== null) return { at, rule }
    const line = lines[at]
    if (line === undefined || line.words.length < provingWords || isFormLine(line.text)) continue
    const number = sent().numbers.get(keyOf(line.words))
    if (number !== undefined) return { at: firstSentLine(lines, at, sent(), number), rule: 'sent-text' }
  }
  return null
}

function quoteRuleAt(lines: TextLine[], at: number, sent: () => SentLines): string | null {
  const line = lines[at]
  if (line === undefined) return null
  if (marksQuote(line, lines[at + 1])) return 'marker'
  if (isPrefixed(line)) return 'quote-prefix'
  if (isOriginalMessage(line)) return 'original-message'
  const isBlock = (first: number) => isHeaderBlock(lines, first, (last) => isAboveSign(lines, last, sent))
  if (isBlock(at)) return 'header-block'
  if (isPhrase(line.words, anyLanguage.originalMessages) && isBlock(nextWritten(lines, at)))
    return 'original-message'
  if (isRule(line) && isBlock(nextWritten(lines, at))) return 'header-block'
  const isAboveQuote = (last: number) => isAboveSign(lines, last, sent) || isBlock(nextWritten(lines, last))
  return isAttribution(lines, at, isAboveQuote) ? 'attribution' : null
}

/** The Bat! puts the writer's initials before the mark. */
const initials = /^\s{0,3}\p{Lu}{1,3}(?=>(?:[\s>]|$))/u

function isPrefixed({ text }: TextLine): boolean {
  return text.includes('>') && (/^\s{0,3}>/.test(text) || initials.test(text))
}

/** What a line says behind its mark. */
function quotedKey({ text, words }: TextLine): string {
  const mark = initials.exec(text)?.[0].length ?? 0
  return keyOf(words.filter(({ from }) => from >= mark))
}

/** The line that clients draw above a header block, with or without words of theirs in it. */
function isRule({ text }: TextLine): boolean {
  if (!/^\s*[_-]{4}/.test(text)) return false
  return /^\s*[_-]{8,}\s*$/.test(text) || (text.length <= longestRule && /^\s*-{4,} .* -{4,}\s*$/.test(text))
}

/** Whether a line that is known to be quoted stands right below. */
function isAboveSign(lines: TextLine[], at: number, sent: () => SentLines): boolean {
  const below = lines.slice(at + 1, at + 4).findIndex((line) => line.words.length > 0 || isPrefixed(line))
  const next = at + 1 + below
  const line = below === -1 ? undefined : lines[next]
  if (line === undefined) return false
  if (isPrefixed(line) || marksQuote(line, lines[next + 1])) return true
  return line.words.length >= provingWords && sent().numbers.has(keyOf(line.words))
}

function nextWritten(lines: TextLine[], at: number): number {
  const next = lines.slice(at + 1, at + 4).findIndex((line) => line.words.length > 0)
  return next === -1 ? lines.length : at + 1 + next
}

/**
 * Unmarked lines under a quoted line that is a whole line of ours, so that nothing of it can have been wrapped. They
 * end where another quote begins.
 */
function answeredBelow(quoted: TextLine[], rule: string, sent: () => SentLines): Set<TextLine> {
  const below = new Set<TextLine>()
  const marked = quoted.findIndex(isPrefixed)
  if (marked === -1 && rule === 'sent-text') return belowCopy(quoted, sent)
  const isUnbroken = quoted.slice(marked).every((line) => isPrefixed(line) || line.text.trim() === '')
  if (marked === -1 || isUnbroken) return below
  const { numbers } = sent()
  let proven = false
  for (const [at, line] of quoted.entries()) {
    // Of the marked lines one without words proves nothing; of the others the dashes above a signature are new.
    if (line.words.length === 0 && (line.text.trim() === '' || isPrefixed(line))) continue
    const isOurs = numbers.has(quotedKey(line))
    if (isPrefixed(line)) proven = isOurs
    else if (proven && (isOurs || quoteRuleAt(quoted, at, sent) !== null)) break
    else if (proven) below.add(line)
  }
  return below
}

/** What is new among unmarked text of ours, up to where another quote begins. */
function belowCopy(copied: TextLine[], sent: () => SentLines): Set<TextLine> {
  const end = copied.findIndex((line, at) => line.words.length > 0 && quoteRuleAt(copied, at, sent) !== null)
  return notOfSent(end === -1 ? copied : copied.slice(0, end), sent())
}
