import { anyLanguage, languages } from './languages/all-languages.ts'
import { marksQuote } from './marker.ts'
import { holdsPhrase, isPhrase, phraseAt, phraseKey } from './phrases.ts'
import { label, type TextLine } from './text-lines.ts'
import { keyOf } from './words.ts'

/** Lines that an attribution (`On … wrote:`) or a header block may take: mailers wrap them. */
const attributionLines = 4
const headerBlockLines = 8

/** `Nachricht von Dr. Anna Maria Muster`. */
const nameWords = 8

/** A line of ours this long stands in no answer by chance. */
const provingWords = 4

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
  const below = start.rule === 'header-block' ? null : answeredBelow(quoted, sent)
  label(
    quoted.filter((line) => !below?.has(line)),
    'quote',
    start.rule,
  )
}

function findQuote(lines: TextLine[], sent: () => SentLines): { at: number; rule: string } | null {
  for (const [at, line] of lines.entries()) {
    const rule = quoteRuleAt(lines, at)
    if (rule !== null) return { at, rule }
    if (line.words.length < provingWords) continue
    const number = sent().numbers.get(keyOf(line.words))
    if (number !== undefined) return { at: firstSentLine(lines, at, sent(), number), rule: 'sent-text' }
  }
  return null
}

function quoteRuleAt(lines: TextLine[], at: number): string | null {
  const line = lines[at]
  if (line === undefined) return null
  if (marksQuote(line, lines[at + 1])) return 'marker'
  if (isPrefixed(line)) return 'quote-prefix'
  if (isOriginalMessage(line)) return 'original-message'
  if (isHeaderBlock(lines, at)) return 'header-block'
  if (isRule(line) && isHeaderBlock(lines, nextWritten(lines, at))) return 'header-block'
  if (isAttribution(lines, at)) return 'attribution'
  return null
}

function isPrefixed(line: TextLine): boolean {
  return /^\s{0,3}>/.test(line.text)
}

/** `-----Original Message-----`, or the same words alone with a colon (Apple's forward). */
function isOriginalMessage(line: TextLine): boolean {
  return isPhrase(line.words, anyLanguage.originalMessages) && /^\s*-{2,}|:\s*$/.test(line.text)
}

/** The line that Outlook draws above a header block. */
function isRule(line: TextLine): boolean {
  return /^\s*[_-]{8,}\s*$/.test(line.text)
}

function nextWritten(lines: TextLine[], at: number): number {
  const next = lines.slice(at + 1, at + 4).findIndex((line) => line.words.length > 0)
  return next === -1 ? lines.length : at + 1 + next
}

type HeaderField = 'from' | 'sent' | 'to' | 'subject'

const headerFields: HeaderField[] = ['from', 'sent', 'to', 'subject']

/** Each language's labels, folded, with the field they name. */
const headerLabels = languages.map(
  ({ quotedHeaders }) =>
    new Map(
      headerFields.flatMap((field) => quotedHeaders[field].map((text) => [phraseKey(text), field] as const)),
    ),
)

/** A From label with two more fields of the same language close below, or all in one line (lost line ends). */
function isHeaderBlock(lines: TextLine[], at: number): boolean {
  const first = labelTexts(lines[at])
  const candidates = headerLabels.filter((labels) => first.some((text) => labels.get(text) === 'from'))
  if (candidates.length === 0) return false
  const texts = lines.slice(at, at + headerBlockLines).flatMap(labelTexts)
  return candidates.some((labels) => {
    const found = new Set(texts.flatMap((text) => labels.get(text) ?? []))
    return found.size >= 3
  })
}

/** What may be labels in a line, folded; the first must stand at its beginning, behind quote marks and asterisks at most. */
function labelTexts(line: TextLine | undefined): string[] {
  if (line === undefined || !/[:：]/.test(line.text)) return []
  if (!/^[\s>*_|]*\p{L}[\p{L}\s]{0,14}[\s*_\u00a0]{0,4}[:：]/u.test(line.text)) return []
  const parts = line.text.slice(0, 2_000).split(/[:：]/)
  return parts
    .slice(0, -1)
    .map((part, index) =>
      phraseKey(index === 0 ? part : (/\p{L}+[\s*_\u00a0]{0,4}$/u.exec(part.slice(-20))?.[0] ?? '')),
    )
}

/**
 * The line that introduces a quote, in one piece or wrapped. In any language it ends with a colon and holds an address, a
 * year and a time (Gmail in Russian or Japanese writes nothing more); with less it is known by the words of a language.
 */
function isAttribution(lines: TextLine[], at: number): boolean {
  const first = lines[at]
  if (first === undefined) return false
  if (endsWithColon(first)) return isPlainAttribution(first.text) || isWorded([first])
  if (isNameAbove(lines, at)) return true
  if (!/@|\d/.test(first.text) && !startsAttribution(first)) return false
  for (let next = at + 1; next < at + attributionLines; next += 1) {
    const line = lines[next]
    if (line === undefined || line.words.length === 0 || startsAttribution(line)) return false
    if (!endsWithColon(line)) continue
    // What stands above a whole one is no part of it.
    if (isPlainAttribution(line.text)) return false
    const wrapped = lines.slice(at, next + 1)
    return isPlainAttribution(textOf(wrapped)) || (startsAttribution(first) && isWorded(wrapped))
  }
  return false
}

/** Whether a mailer broke the line between the name and the address with which the rest begins. */
function isNameAbove(lines: TextLine[], at: number): boolean {
  const [name, rest] = [lines[at], lines[at + 1]]
  if (name === undefined || rest === undefined || name.words.length === 0 || name.words.length > nameWords)
    return false
  return /^\s*\(?</.test(rest.text) && endsWithColon(rest) && isPlainAttribution(rest.text)
}

function endsWithColon({ text }: TextLine): boolean {
  return /[:：][\s\p{Cf}]*$/u.test(text.slice(-20))
}

function textOf(lines: TextLine[]): string {
  return lines.map(({ text }) => text.slice(0, 500)).join(' ')
}

const address = /[^\s<>()@]@[^\s<>()@]/
const clockTime = /\d[:.h]\d\d(?!\d)/

function isPlainAttribution(text: string): boolean {
  return address.test(text) && /(?<!\d)20\d\d(?!\d)/.test(text) && clockTime.test(text)
}

/**
 * A verb of attribution close to the end with a number or an address; where a language puts the name behind the verb
 * (`Am 24.11. um 09:31 schrieb Nadia:`), a time or an address tells it from prose.
 */
function isWorded(lines: TextLine[]): boolean {
  const text = textOf(lines)
  const words = lines.flatMap((line) => line.words)
  if (holdsPhrase(words.slice(-5), anyLanguage.attributionVerbs)) return /\d|@/.test(text)
  const startsSo = lines[0] !== undefined && startsAttribution(lines[0])
  return startsSo && holdsPhrase(words, anyLanguage.attributionVerbs) && /@|\d[:.h]\d\d/.test(text)
}

function startsAttribution({ words }: TextLine): boolean {
  return phraseAt(words, 0, anyLanguage.attributionStarts) !== null
}

/** What we sent, by folded line; a client may have dropped every other sign that it quotes. */
interface SentLines {
  keys: string[]
  numbers: ReadonlyMap<string, number>
}

/** Read when they are first needed: most replies show their quote by other signs. */
function sentLines(sentText: string | null): () => SentLines {
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
  return { keys, numbers: new Map(keys.map((key, number) => [key, number])) }
}

/** Walks up from a proven line of ours over the lines that stood above it, so that a lone `YES` of ours is no answer. */
function firstSentLine(lines: TextLine[], at: number, sent: SentLines, number: number): number {
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
 * Unmarked lines under a quoted line that is a whole line of ours, so that nothing of it can have been wrapped. They
 * end where another quote begins.
 */
function answeredBelow(quoted: TextLine[], sent: () => SentLines): Set<TextLine> {
  const below = new Set<TextLine>()
  const marked = quoted.findIndex(isPrefixed)
  const isUnbroken = quoted.slice(marked).every((line) => isPrefixed(line) || line.text.trim() === '')
  if (marked === -1 || isUnbroken) return below
  const { numbers } = sent()
  let proven = false
  for (const [at, line] of quoted.entries()) {
    if (line.words.length === 0) continue
    const isOurs = numbers.has(keyOf(line.words))
    if (isPrefixed(line)) proven = isOurs
    else if (proven && (isOurs || quoteRuleAt(quoted, at) !== null)) break
    else if (proven) below.add(line)
  }
  return below
}
