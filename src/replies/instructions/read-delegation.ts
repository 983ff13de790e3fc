import { dateAt, dateWords } from '../date-at.ts'
import { anyLanguage, deepLanguages } from '../languages/all-languages.ts'
import { type Phrases, phraseAt, phrasesFrom } from '../phrases.ts'
import { insideCourtesy, lastPhrase, skipPhrases } from '../regions/inside-courtesy.ts'
import { isName, isSetOff, type Word } from '../words.ts'

/** Of a name or address that is read; RFC 5321, 4.5.3.1 allows an address 320 octets. */
const longestTarget = 320

/** `the purchase`: words between *delegate* and *to*. */
const objectWords = 3

/** `vendredi le`, `Friday the`: words between *until* and the day. */
const wordsBefore = 2

/** `Dr.`, `J.`: a point behind so few letters ends no sentence. */
const abbreviation = 2

/** `Roy, Nadia`: words behind a comma that belong to the name. */
const namesBehindComma = 2

export interface Delegation {
  /** The address or the name, as written; null when nobody is named. */
  to: string | null
  /** The last day, as `2026-12-05`, or as written where it is no date; null for none. */
  until: string | null
  /** The words of the instruction itself, without whom it names. */
  said: Word[]
  /** What stands behind all that in the line. */
  rest: Word[]
  /** Whether it can only speak of the request: `delegate it to …`, and not `delegate the invoices to …`. */
  isOfRequest: boolean
}

interface DelegationWords {
  locale: string
  delegate: Phrases<true>
  to: Phrases<true>
  until: Phrases<true>
}

const phrases = (texts: string[]) => phrasesFrom(texts.map((text) => [text, true] as const))

const languages: DelegationWords[] = deepLanguages.map(({ locale, instructions, delegation }) => ({
  locale,
  delegate: phrases(instructions.DELEGATE),
  to: phrases(delegation.to),
  until: phrases(delegation.until),
}))

const delegates = phrases(deepLanguages.flatMap(({ instructions }) => instructions.DELEGATE))
const longestDelegate = 3

/** How far the words of one are looked for: further than any goes, and near enough for a hostile line. */
const nearWords = 40

/** Where a word of delegating stands. */
export function delegateAt(words: Word[], from = 0): number {
  return words.findIndex((_, at) => at >= from && phraseAt(words, at, delegates) !== null)
}

/**
 * The delegation that words begin with, behind courtesy: `DELEGATE nadia@contoso.com`, `Please delegate this to Nadia Roy
 * until 5 December`, `Bitte an Nadia Roy delegieren`. Null when they begin with none. Whether there is such a person is
 * not known here: a name with anything else in it is nobody's, and is asked back.
 */
export function readDelegation(written: string, all: Word[], sentOn: Date | null): Delegation | null {
  // Outlook's text of a link or mention, `@Nadia Roy<mailto:…>`: what its HTML shows is what was seen.
  const text = written.replace(/<mailto:[^<>\s]*>/gi, (link) => ' '.repeat(link.length))
  const line = all.filter(({ from }) => text[from] !== ' ')
  const words = line.slice(0, nearWords)
  // Most lines hold no such word.
  if (delegateAt(words) === -1) return null
  const inside = insideCourtesy(words)
  // Courtesy may be a part of it: `Merci de déléguer`.
  const starts = [...new Set([0, inside.from])]
  const spans = starts.flatMap((from) =>
    languages.flatMap((language) => spanOf(text, words, { ...inside, from }, language) ?? []),
  )
  // `delega` is a word of several languages: the one that knows what follows it too has it.
  const [best] = spans
    .map((span) => ({ span, read: readSpan(text, words, span, sentOn) }))
    .sort(
      (one, other) =>
        other.span.from - one.span.from ||
        namesDay(other.read) - namesDay(one.read) ||
        // `Delegue-o a`: to the language that knows the pronoun it is no other thing.
        Number(other.read.isOfRequest) - Number(one.read.isOfRequest),
    )
  return best === undefined ? null : { ...best.read, rest: [...best.read.rest, ...line.slice(nearWords)] }
}

function namesDay({ until }: Delegation): number {
  return /^\d{4}-\d\d-\d\d$/.test(until ?? '') ? 1 : 0
}

/** Where words say who is meant. */
interface Span {
  language: DelegationWords
  said: Word[]
  from: number
  end: number
  isOfRequest: boolean
}

/** `Delegate this to …`, or, as German and Dutch may put it, `to … delegate`. */
function spanOf(
  text: string,
  words: Word[],
  { from, end }: { from: number; end: number },
  language: DelegationWords,
): Span | null {
  const { delegate, to } = language
  const verb = phraseAt(words, from, delegate)
  if (verb === null) {
    const start = from + (phraseAt(words, from, to)?.length ?? 0)
    const last = lastPhrase(words, Math.max(start, end - longestDelegate), end, delegate)
    if (start === from || last === end) return null
    return { language, said: words.slice(last, end), from: start, end: last, isOfRequest: true }
  }
  const object = skipPhrases(words, from + verb.length, [anyLanguage.complements, anyLanguage.pleases])
  const { start, isOfRequest } = skipTo(text, words, object, to)
  return { language, said: words.slice(from, start), from: start, end: Math.max(start, end), isOfRequest }
}

/** Behind `to`, and the object before it where one stands there. */
function skipTo(text: string, words: Word[], at: number, to: Phrases<true>) {
  const direct = phraseAt(words, at, to)
  if (direct !== null) return { start: at + direct.length, isOfRequest: true }
  for (let length = 1; length <= objectWords; length += 1) {
    const object = words[at + length - 1]
    if (object === undefined || isName(text, object)) break
    const found = phraseAt(words, at + length, to)
    if (found !== null) return { start: at + length + found.length, isOfRequest: false }
  }
  const first = words[at]
  // `DELEGATE nadia.roy@…`, `Delegate Nadia`, and not `Delegation of the signature`.
  const namesSomebody = first === undefined || isName(text, first) || /^\S*@/.test(text.slice(first.from))
  return { start: at, isOfRequest: namesSomebody }
}

function readSpan(
  text: string,
  words: Word[],
  { language, said, from, end, isOfRequest }: Span,
  sentOn: Date | null,
): Delegation {
  const until = findUntil(text, words, { from, end }, language, sentOn)
  const named = readTarget(text, words, from, until?.at ?? end)
  const rest = words.slice(named.end, until?.at ?? end).concat(until?.rest ?? [])
  return { to: named.to, until: until?.day ?? null, said, rest, isOfRequest }
}

/** The one address, or the words up to what ends a name. `end` is the word behind it. */
function readTarget(text: string, words: Word[], from: number, end: number) {
  const [first] = words.slice(from, end)
  if (first === undefined) return { to: null, end: from }
  const stop = words[end]?.from ?? text.length
  const written = text.slice(first.from, Math.min(stop, first.from + longestTarget))
  const found = [...written.matchAll(/[^\s<>()[\]"',;:]+@[^\s<>()[\]"',;:]*[^\s<>()[\]"',;:.!]/g)]
  const addresses = new Set(found.map(([address]) => address.toLowerCase()))
  const last = found.at(-1)
  if (last !== undefined && addresses.size === 1) {
    const after = first.from + last.index + last[0].length
    const next = words.findIndex((word, at) => at >= from && word.from >= after)
    return { to: last[0].slice(0, longestTarget), end: next === -1 || next > end ? end : next }
  }
  // Several are nobody's name.
  const nameEnd = addresses.size > 1 ? end : endOfName(text, words, from, end)
  const name = text.slice(first.from, words[nameEnd - 1]?.to).replace(/\s+/g, ' ')
  return { to: name.slice(0, longestTarget), end: nameEnd }
}

function endOfName(text: string, words: Word[], from: number, end: number): number {
  for (let at = from + 1; at < end; at += 1) {
    if (!isSetOff(text, words, at)) continue
    const before = words[at - 1]
    const word = words[at]
    if (before === undefined || word === undefined) return at
    const gap = text.slice(before.to, word.from)
    if (gap.startsWith('.') && before.to - before.from <= abbreviation) continue
    const behind = words.slice(at, end)
    const isGivenName =
      gap.trim() === ',' &&
      behind.length <= namesBehindComma &&
      behind.every((name, index) => isName(text, name) && (index === 0 || !isSetOff(text, words, at + index)))
    return isGivenName ? end : at
  }
  return end
}

/** The first *until* that a day stands behind; else the first at all, as far as it can mean nothing else. */
function findUntil(
  text: string,
  words: Word[],
  { from, end }: { from: number; end: number },
  { locale, to, until }: DelegationWords,
  sentOn: Date | null,
): { at: number; day: string; rest: Word[] } | null {
  let unread: { at: number; day: string; rest: Word[] } | null = null
  for (let at = from; at < end; at += 1) {
    const found = phraseAt(words, at, until)
    // A part of an address is none.
    if (found === null || !/\s/.test(text.charAt((words[at]?.from ?? 0) - 1))) continue
    const start = at + found.length
    const day = dayFrom(text, words.slice(0, end), start, locale, sentOn)
    if (day !== null) {
      const next = skipIncluded(words, day.end)
      return { at, day: day.day, rest: words.slice(next, Math.max(next, end)) }
    }
    const [first] = words.slice(start, end)
    // Polish `do` is *to*, too.
    if (first === undefined || phraseAt(words, at, to) !== null) continue
    const written = text.slice(first.from, words[end - 1]?.to).replace(/\s+/g, ' ')
    unread ??= { at, day: written.slice(0, longestTarget), rest: [] }
  }
  return unread
}

function dayFrom(text: string, words: Word[], start: number, locale: string, sentOn: Date | null) {
  const language = dateWords.get(locale)
  for (let skipped = 0; language !== undefined && skipped <= wordsBefore; skipped += 1) {
    const day = dateAt(text, words, start + skipped, language, sentOn)
    if (day !== null) return day
  }
  return null
}

/** `inclus`, `included`, `einschließlich`, `włącznie`. */
function skipIncluded(words: Word[], at: number): number {
  return /^(inclu|einschl|inbegr|wlacz|compris)/.test(words[at]?.text ?? '') ? at + 1 : at
}
