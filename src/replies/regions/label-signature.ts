import { type AnswerWords, answerPhraseAt } from '../answers/answer-words.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import { holdsPhrase, type Phrases, phraseAt, phraseKey, phrasesFrom, withoutPhrases } from '../phrases.ts'
import type { ReadContext } from '../reading.ts'
import { isMeaningful, label, type TextLine } from '../text-lines.ts'
import { isName, keyOf } from '../words.ts'
import { isDeviceLine } from './is-device-line.ts'
import { labelDisclaimer } from './label-disclaimer.ts'
import { labelLearnedFooter } from './label-learned-footer.ts'
import { partGluedDevice } from './part-glued-device.ts'

/** What is longer than this is a letter, not a signature: a postscript must not vanish with it. */
const signatureLines = 12

const postscripts = phrasesFrom(['ps', 'p s', 'nb'].map((text) => [text, true] as const))

/**
 * Labels signatures and footers in new text: the line of a device, what stands below `-- ` (RFC 3676 section 4.3), a
 * closing formula or the sender's own name, legal and scanner footers, and footers learned from the sender's domain.
 *
 * @param senderName The display name of the From header, `''` when there is none.
 * @param answers The words that answer each question: what holds one is no signature.
 */
export function labelSignature(
  lines: TextLine[],
  senderName: string,
  context: ReadContext,
  answers: AnswerWords[],
): void {
  partGluedDevice(lines, answers)
  const unread = lines.filter((line) => line.label === null)
  label(
    unread.filter((line) => isDeviceLine(line, answers)),
    'signature',
    'device',
  )
  labelDisclaimer(unread)
  labelLearnedFooter(unread, context)
  labelBelow(unread, senderName, answers)
}

function labelBelow(lines: TextLine[], senderName: string, answers: AnswerWords[]): void {
  let meaningful = 0
  let names: Set<string> | null = null
  for (const [at, line] of lines.entries()) {
    if (meaningful > 0) names ??= namesOf(senderName)
    const rule = signatureRule(line, names?.has(keyOf(line.words)) === true)
    if (isMeaningful(line)) meaningful += 1
    const end = rule === null ? null : signatureEnd(lines, at, answers)
    if (rule === null || end === null) continue
    label(lines.slice(at, end), 'signature', rule)
    return
  }
}

/** Where a signature ends that begins here: at a postscript, or with the text. Null when that is too far for a signature. */
function signatureEnd(lines: TextLine[], start: number, answers: AnswerWords[]): number | null {
  let left = signatureLines
  for (let at = start; at < lines.length; at += 1) {
    const line = lines[at]
    if (line === undefined || !isMeaningful(line)) continue
    if (at > start && isPostscript(line, lines[at - 1], answers)) return at
    if (at === start + 1 && takesBackBelow(line)) return at
    if (left === 0) return null
    left -= 1
  }
  return lines.length
}

/** A line that ends sooner was not wrapped: what follows is no rest of a sentence. */
const wrappedLine = 40

/**
 * What is added below a signature: `PS`, or a line that takes the answer back, in a paragraph of its own or under a short
 * line. A name of a street or of a house (`Block C`) takes nothing back.
 */
function isPostscript(line: TextLine, above: TextLine | undefined, answers: AnswerWords[]): boolean {
  if (phraseAt(line.words, 0, postscripts) !== null) return true
  if (above !== undefined && above.text.length >= wrappedLine) return false
  const words = withoutPhrases(line.words, anyLanguage.idioms)
  const begins = (phrases: Phrases<unknown>) => phraseAt(words, 0, phrases) !== null
  if ([conditions, limits, retractions].some(begins)) return true
  // `No. 12, rue Neuve` under a name is an address.
  if (above !== undefined && isMeaningful(above)) return false
  if (begins(negations) || answers.some((some) => answerPhraseAt(words, 0, some) !== null)) return true
  return words.length <= additionWords && holdsPhrase(words, retractions)
}

/** A negation right below the closing, and no name: `Regards` / *not before Friday*, but not *No Limits Ltd*. */
function takesBackBelow({ text, words }: TextLine): boolean {
  const [, second] = words
  const goesOn = second !== undefined && /^\p{Ll}/u.test(text.slice(second.from))
  return goesOn && !/\d/.test(text) && phraseAt(words, 0, negations) !== null
}

const { conditions, negations, limits, retractions } = anyLanguage
const additionWords = 12

/** The sender's name ends a mail only when something stands above it: `Nadia` alone is not signed. */
function signatureRule(line: TextLine, isSender: boolean): string | null {
  if (/^--\s*$/.test(line.text)) return 'dashes'
  if (isClosing(line)) return 'closing'
  if (isSender) return 'sender-name'
  return null
}

function isClosing({ text, words }: TextLine): boolean {
  const closing = phraseAt(words, 0, anyLanguage.closings)
  // `Grüß Gott` greets.
  const greeting = phraseAt(words, 0, anyLanguage.greetings)
  if (closing === null || (greeting !== null && greeting.length > closing.length)) return false
  return (
    words.slice(closing.length).length <= 3 && words.slice(closing.length).every((word) => isName(text, word))
  )
}

/** The ways somebody signs: `Nadia Roy`, `Roy, Nadia`, `Nadia`. */
function namesOf(displayName: string): Set<string> {
  const words = phraseKey(displayName).split(' ')
  const names = [words.join(' '), words.toReversed().join(' '), ...words]
  return new Set(names.filter((name) => name.length > 1))
}
