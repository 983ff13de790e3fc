import { type Doubt, doubt, matchOf, shiftedMatches, undoing } from '../doubts/doubt.ts'
import { doubtBelow } from '../doubts/doubt-below.ts'
import { doubtBeside, wholePhraseAt } from '../doubts/doubt-beside.ts'
import { findScope } from '../doubts/find-scope.ts'
import { lineLanguage } from '../doubts/line-language.ts'
import { numberWords } from '../doubts/number-words.ts'
import { whyUnclear } from '../doubts/why-unclear.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import { holdsPhrase, phraseAt, phrasesFrom } from '../phrases.ts'
import type { Match } from '../reading.ts'
import { isMereCourtesy } from '../regions/is-mere-courtesy.ts'
import { ownSentence, sentencesOf } from '../sentences.ts'
import { isName, isSetOff, unstretched, type Word, wordsOf } from '../words.ts'
import type { AnswerWord, AnswerWords } from './answer-words.ts'
import { guessTypo } from './guess-typo.ts'
import { isReport } from './is-report.ts'
import { readAgreeing } from './read-agreeing.ts'
import { skipClosing } from './skip-closing.ts'
import { ands, type Opening, skipOpening, withoutLeads } from './skip-opening.ts'
import { vocativeLength } from './vocative-length.ts'

/** What a no is for is said in a few words: `Nein, für die Monitore`; more say why. */
const scopeWords = 4

export type AnswerLine =
  | {
      kind: 'answer'
      answer: AnswerWord & { result: string }
      /** Offset in the line where a comment begins; null when the line holds nothing but the answer and courtesy. */
      commentFrom: number | null
      confirm: 'typo' | null
      /** The words that are the answer; offsets in the line. */
      matched: Match[]
    }
  | ({ kind: 'unclear' } & Doubt)

/**
 * Reads the line that must be the answer: courtesy, one answer (repeated at will), courtesy, and then nothing, or a
 * comment set off by punctuation that casts no doubt on it.
 *
 * @param isPerson Whether a word names somebody of our mail, whom the line may address: `Nadia, yes`.
 */
export function readAnswerLine(
  written: string,
  answers: AnswerWords,
  isPerson: (word: Word) => boolean = () => false,
): AnswerLine {
  const text = withoutGreetingsQuestion(written)
  const words = unstretched(text, wordsOf(text))
  const opening = skipOpening(text, words, answers, isPerson)
  const { start } = opening
  const line = readOpened(text, words, opening, answers)
  if (line === null) {
    const later = answerInLaterSentence(text, words, answers)
    if (later !== null) return later
    const written = words.slice(start)
    const isAlone = skipClosing(text, written, 1) === written.length
    const typo = /[?？]/.test(text) ? null : guessTypo(isAlone ? written.slice(0, 1) : written, answers)
    if (typo === null) return { kind: 'unclear', ...whyUnclear(text, words, answers) }
    const matched = matchOf('typo', words.slice(start), typo.languages)
    return { kind: 'answer', answer: typo, commentFrom: null, confirm: 'typo', matched }
  }
  return line
}

/** With a full stop in place of the question mark that a greeting ends with: `Hola, ¿qué tal?` */
function withoutGreetingsQuestion(text: string): string {
  if (!text.includes('?')) return text
  const words = wordsOf(text)
  let at = phraseAt(words, 0, anyLanguage.greetings)?.length ?? 0
  while (at > 0 && at < words.length) {
    const name = vocativeLength(text, words, at)
    const length = phraseAt(words, at + name, anyLanguage.greetings)?.length ?? 0
    const between = text.slice(words[at - 1]?.to, words[at]?.from)
    if (between.includes('?')) return text.replace('?', '.')
    if (length === 0) break
    at += name + length
  }
  return text
}

/** The line behind its opening; null where no answer begins. */
function readOpened(
  text: string,
  words: Word[],
  { courtesyEnd, start }: Opening,
  answers: AnswerWords,
): AnswerLine | null {
  const read = readAgreeing(text, words, start, answers)
  if (read === null) return null
  if ('reason' in read) return { kind: 'unclear', ...read }

  const { answer, end } = read
  const matched = matchOf('answer', words.slice(start, end), answer.languages)
  const unclear = (why: Doubt): AnswerLine => ({ kind: 'unclear', ...undoing(matched, why) })
  const rest = words.slice(commentStart(text, words, addressEnd(text, words, end, answer)))
  const courtesy = words.slice(0, courtesyEnd).filter((word) => !isName(text, word))
  const lead = withoutLeads(words.slice(courtesyEnd, start), answer.meaning)
  const [first] = rest
  const own = ownSentence(text, words[end - 1], rest)
  const ownText = text.slice(0, rest[own.length]?.from)
  const doubted =
    doubtBeside(ownText, [...courtesy, ...lead], answer, answers) ??
    doubtBeside(ownText, own, answer, answers, { isBehind: true }) ??
    doubtBelow(sentencesOf(text, rest.slice(own.length)), [], answer, answers)
  if (doubted !== null) return unclear(doubted)
  const at = words.length - rest.length
  const isGlued = first !== undefined && !isSetOff(text, words, at)
  if (isGlued && (saysNot(words, at, answer) || !needsNoComma(rest, answer)))
    return unclear(doubt('not-understood', rest))
  // `No. 12 is too many`
  const isNumber = /^\.\s*\p{N}/u.test(text.slice(words[end - 1]?.to)) && own.length > 0
  const isLong = answer.meaning === 'no' && own.length > scopeWords
  const isReason =
    !isNumber && (isLong || beginsReason(own, answer.meaning) || isFigureReason(ownText, own, answer.meaning))
  const isHarmless = phraseAt(own, 0, anyLanguage.harmless) !== null
  const scope = isReason || isHarmless ? null : findScope(own, lineLanguage(own, answer.spoken))
  if (scope !== null) return unclear(scope)
  if (answer.isPlain && isLabel(text, words[end - 1]))
    return unclear(doubt('not-understood', words.slice(start)))
  const isNoticing = answer.isNoticing && start === courtesyEnd && areNoticings(words.slice(start, end))
  if (isNoticing) return unclear(doubt('not-understood', words))
  const { result } = answer
  if (result === null || ((answer.acknowledges || answer.isPlain) && first !== undefined)) {
    return unclear(doubt('not-understood', rest))
  }
  const commentFrom =
    first === undefined || isMereCourtesy(rest, answer.meaning) ? null : openingOf(text, first)
  return { kind: 'answer', answer: { ...answer, result }, commentFrom, confirm: null, matched }
}

/** A report of more sentences than this is no opening. */
const mostOpenings = 3
const openingWords = 3

/**
 * An answer that begins a later sentence, where those before it say nothing that could undo it: `I looked at it this morning.`
 * *Approved.* Null when there is none. A bare yes or no must be all of its sentence: it may answer what was said before.
 */
function answerInLaterSentence(text: string, words: Word[], answers: AnswerWords): AnswerLine | null {
  const sentences = sentencesOf(text, words)
  for (const [index, { from }] of sentences.slice(1, 1 + mostOpenings).entries()) {
    const rest = text.slice(from)
    const words = unstretched(rest, wordsOf(rest))
    const line = readOpened(rest, words, skipOpening(rest, words, answers), answers)
    if (line === null) continue
    if (line.kind === 'unclear') return null
    const { answer, commentFrom } = line
    if (answer.isPlain || answer.acknowledges || answer.isNoticing) return null
    if (answer.isBare && commentFrom !== null && index + 2 < sentences.length) return null
    const before = sentences.slice(0, index + 1)
    // `gen. ja`: a short form is no sentence.
    if ((before[0]?.words.length ?? 0) < openingWords) return null
    if (!before.every((sentence) => isReport(sentence.text, sentence.words))) return null
    const isDoubted = before.some(
      (sentence) => doubtBeside(sentence.text, sentence.words, answer, answers) !== null,
    )
    if (isDoubted) return null
    return {
      ...line,
      commentFrom: commentFrom && commentFrom + from,
      matched: shiftedMatches(line.matched, from),
    }
  }
  return null
}

function areNoticings(words: Word[]): boolean {
  return words.every((word) => phraseAt([word], 0, anyLanguage.noticings) !== null)
}

/** With these a clause begins, where a verb cannot stand alone: `approved` *we need them*. */
const subjects = phrasesFrom(
  'I we he she they je nous il ils elles on ich wir er sie ik wij hij zij ze'
    .split(' ')
    .map((word) => [word, true] as const),
)

const clauseWords = 3

/** Languages whose word for no is that for *not*. */
const saysNotWith = new Set(['es', 'pt', 'pl'])

/** Whether a no negates what it is glued to, which is no reason by itself: `No es caro`, `Obviamente não li`. */
function saysNot(words: Word[], at: number, { meaning, spoken }: AnswerWord): boolean {
  const isNot = meaning === 'no' && spoken.some((language) => saysNotWith.has(language))
  const isNegation = phraseAt(words.slice(at - 1, at), 0, anyLanguage.negations) !== null
  return isNot && isNegation && phraseAt(words, at - 1, anyLanguage.refusals) === null
}

/** `Approved` *as discussed*, `non` *trop cher*, `approved` *and well deserved*: hurried people leave out the comma. */
function needsNoComma(words: Word[], { meaning, isBare, spoken }: AnswerWord): boolean {
  const isStrong = meaning === 'yes' && !isBare
  const and = isStrong ? phraseAt(words, 0, ands) : null
  const preface = phraseAt(words, 0, anyLanguage.prefaces)
  return (
    // `Non lu` is unread, and Polish `tak jak` is *as*.
    (preface !== null && (!isBare || (preface.length > 1 && words[0]?.text !== 'jak'))) ||
    (meaning === 'no' && beginsReason(words, meaning)) ||
    (isStrong && words.length >= clauseWords && phraseAt(words, 0, subjects) !== null) ||
    (and?.value.some((language) => spoken.includes(language)) === true && isKnownRemark(words))
  )
}

/** Whether words behind an *and* are about the request: `approved` *and well deserved*, but not `go ahead` *and explain*. */
function isKnownRemark(words: Word[]): boolean {
  const { favourable, assents, asides, harmless, thanks, matters, prefaces } = anyLanguage
  return [favourable, assents, asides, harmless, thanks, matters, prefaces].some((phrases) =>
    holdsPhrase(words, phrases),
  )
}

/** `Nein, zu teuer`, `Ja, voor mij ok`: what agrees with an answer may begin like what one is for. */
function beginsReason(words: Word[], meaning: AnswerWord['meaning']): boolean {
  const agreeing = meaning === 'no' ? anyLanguage.refusals : anyLanguage.assents
  return meaning !== null && phraseAt(words, 0, agreeing) !== null
}

/** `No,` *12 is too many*: a figure with what speaks against it, and nothing else. */
function isFigureReason(text: string, words: Word[], meaning: AnswerWord['meaning']): boolean {
  const first = words[0]?.text ?? ''
  const isFigure = meaning === 'no' && (/^\p{N}+$/u.test(first) || numberWords.has(first))
  return (
    isFigure && wholePhraseAt(text, words, 1, anyLanguage.refusals) === words.length - 1 && words.length > 1
  )
}

/** Whether a colon follows: `Da:` is a yes in some languages, and in another begins a header block that broke off. */
function isLabel(text: string, last: Word | undefined): boolean {
  return /^\s*[:：]/.test(text.slice(last?.to))
}

/** Behind whom the answer is said to: `Oui Marc !`. Not in German, where any noun is written like a name. */
function addressEnd(text: string, words: Word[], at: number, { spoken }: AnswerWord): number {
  return isSetOff(text, words, at) || spoken.includes('de') ? at : at + vocativeLength(text, words, at)
}

/** Where a comment begins: with the bracket or quotation mark in front of its first word. */
export function openingOf(text: string, { from }: Word): number {
  return from - (/[([{"'«“‘]?$/.exec(text.slice(Math.max(from - 1, 0), from))?.[0].length ?? 0)
}

/** Behind the courtesy, but with it where it leads into the comment: `Approved. Thanks for the offer.` */
function commentStart(text: string, words: Word[], answerEnd: number): number {
  const at = skipClosing(text, words, answerEnd)
  const leadsIn = at > answerEnd && at < words.length && !isSetOff(text, words, at)
  return leadsIn && isSetOff(text, words, answerEnd) ? answerEnd : at
}
