import { anyLanguage } from '../languages/all-languages.ts'
import { holdsPhrase, phraseAt } from '../phrases.ts'
import type { TextLine } from '../text-lines.ts'
import { isName, type Word, wordsOf } from '../words.ts'

/** Written lines that an attribution (`On … wrote:`) may take: mailers wrap it. */
const mostLines = 4

/** The same with the empty lines that some leave between them. */
const widest = 8

/** Longer than what introduces a quote. */
const mostWords = 40

/** Words in names that are written small. */
const particles = new Set(['via', 'of', 'von', 'van', 'der', 'den', 'de', 'la', 'da', 'di', 'del', 'je'])

/**
 * Whether the line that introduces a quote begins here, in one piece or wrapped. What only a client writes is known by its
 * shape; what a person may write too (`As Marc wrote on 24 Nov:`) introduces a quote only right above one, and when
 * nothing in it could bind an answer.
 *
 * @param isAboveQuote Whether nothing stands between a line and one that is known to be quoted.
 */
export function isAttribution(lines: TextLine[], at: number, isAboveQuote: (at: number) => boolean): boolean {
  const first = lines[at]
  if (first === undefined || first.words.length === 0 || first.words.length > mostWords) return false
  if (isEnded(first.text)) return isWritten([first]) || (isLikely([first]) && isAboveQuote(at))
  if (isDated(first.text) && !isDayAlone(first) && isLikely([first]) && isAboveQuote(at)) return true
  const begins = startsAttribution(first) || isDated(first.text) || isNameFirst(first.text)
  if (!begins && !isBeforeAddress(lines, at)) return false
  const wrapped = [first]
  for (let next = at + 1; next < at + widest && wrapped.length < mostLines; next += 1) {
    const line = lines[next]
    if (line === undefined || startsAttribution(line)) return false
    if (line.words.length === 0 && !line.text.includes('<')) {
      if (!begins) return false
      continue
    }
    wrapped.push(line)
    if (!isEnded(line.text)) continue
    // What stands above a whole one is no part of it.
    if (!/^\s*\(?</.test(line.text) && isWritten([line])) return false
    return isWritten(wrapped) || (begins && isLikely(wrapped) && isAboveQuote(next))
  }
  return false
}

/** Whether a mailer broke the line between the name and the address with which the rest begins. */
function isBeforeAddress(lines: TextLine[], at: number): boolean {
  return /^\s*\(?</.test(lines[at + 1]?.text ?? '') && areNames(lines[at]?.text ?? '')
}

/** A colon ends it, or the dashes between which it stands. */
function isEnded(text: string): boolean {
  return /(?:[:：]|[\p{L}:)]\s?-{3,})[\s\p{Cf}*]*$/u.test(text.slice(-20))
}

function textOf(lines: TextLine[]): string {
  return lines
    .map(({ text }) => text.slice(0, 500))
    .join(' ')
    .replace(/^[\s>*\p{Cf}-]+|[\s*\p{Cf}:：-]+$/gu, '')
}

const bracketed = /[<([]\s?(?:mailto:)?[^\s<>()@]{1,80}@[^\s<>()@]/
const year = /(?<!\d)20\d\d(?!\d)/
const clockTime = /\d[:.h]\d\d(?!\d)/
const dated = /^[\s>*"\p{Cf}-]*(?:\p{L}{1,12}[.,]{0,2}\s{1,3})?\d/u

function isDated(text: string): boolean {
  return (year.test(text) || clockTime.test(text)) && dated.test(text)
}

/** Whether there is neither an hour to a day, nor somebody who wrote: a day or an amount by itself may be an answer. */
function isDayAlone({ text, words }: TextLine): boolean {
  return !(year.test(text) && clockTime.test(text)) && !bracketed.test(text) && findVerb(words).to === -1
}

/** Whether the lines are what clients write, and nobody else. */
function isWritten(lines: TextLine[]): boolean {
  const text = textOf(lines)
  const words = wordsOf(text)
  const address = bracketed.exec(text)?.index ?? -1
  const { to: verb, languages } = findVerb(words)
  if (isOfWriter(text, words, languages)) return false
  const isNamed = verb !== -1 && areNames(text.slice(verb))
  const [hasYear, hasTime] = [year.test(text), clockTime.test(text)]
  if (phraseAt(words, 0, anyLanguage.attributionStarts) !== null && verb !== -1) {
    if (address !== -1 && /\d/.test(text)) return true
    if (isNamed && /^\D{0,40}\d/.test(text) && (hasYear || hasTime)) return true
  }
  if (isDated(text)) {
    if (isNamed || (address !== -1 && verb !== -1)) return true
    return address !== -1 && hasYear && hasTime && areNames(behindDate(text.slice(0, address)))
  }
  return isNameFirst(text) && verb !== -1 && ((hasYear && hasTime) || text.slice(verb).trim() === '')
}

/** `Nadia Roy <nadia@contoso.example>`. */
function isNameFirst(text: string): boolean {
  const address = bracketed.exec(text)?.index ?? -1
  return address !== -1 && !/\d/.test(text.slice(0, address)) && areNames(text.slice(0, address))
}

/** Whether the lines may introduce a quote that is known by other signs. */
function isLikely(lines: TextLine[]): boolean {
  const text = textOf(lines)
  const words = wordsOf(text)
  const isOfClient =
    findVerb(words).to !== -1 ||
    ((isDated(text) || bracketed.test(text) || phraseAt(words, 0, anyLanguage.attributionStarts) !== null) &&
      /\d/.test(text))
  if (!isOfClient) return false
  const { negations, conditions, limits, retractions, questions } = anyLanguage
  return ![negations, conditions, limits, retractions, questions].some((doubts) => holdsPhrase(words, doubts))
}

/** Whether somebody tells, in the language of the verb, what they wrote themselves. */
function isOfWriter(text: string, words: Word[], verbLanguages: string[]): boolean {
  return words.some((word, at) => {
    const writer = isName(text, word) ? null : phraseAt(words, at, anyLanguage.writers)
    return writer?.value.some((language) => verbLanguages.includes(language)) === true
  })
}

/** Where the last verb of attribution ends, -1 when there is none, and the languages that it belongs to. */
function findVerb(words: Word[]): { to: number; languages: string[] } {
  for (let at = words.length - 1; at >= 0; at -= 1) {
    const verb = phraseAt(words, at, anyLanguage.attributionVerbs)
    if (verb !== null) return { to: words[at + verb.length - 1]?.to ?? -1, languages: verb.value }
  }
  return { to: -1, languages: [] }
}

/** Whether a stretch holds nothing but names, addresses and numbers. */
function areNames(text: string): boolean {
  return text
    .split(/[\s,"“”'‘’()<>[\]:;/]+/)
    .every((part) => /^(?:[^\p{Ll}]|\p{Lu}|$)/u.test(part) || part.includes('@') || particles.has(part))
}

function behindDate(text: string): string {
  return text.slice(text.search(/\D*$/))
}

function startsAttribution({ words }: TextLine): boolean {
  return phraseAt(words, 0, anyLanguage.attributionStarts) !== null
}
