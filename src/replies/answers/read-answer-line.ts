import { type Doubt, doubt, matchOf, undoing } from '../doubts/doubt.ts'
import { doubtBelow } from '../doubts/doubt-below.ts'
import { doubtBeside } from '../doubts/doubt-beside.ts'
import { findScope } from '../doubts/find-scope.ts'
import { lineLanguage } from '../doubts/line-language.ts'
import { whyUnclear } from '../doubts/why-unclear.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import { phraseAt } from '../phrases.ts'
import type { Match } from '../reading.ts'
import { isMereCourtesy } from '../regions/is-mere-courtesy.ts'
import { ownSentence, sentencesOf } from '../sentences.ts'
import { isName, isSetOff, type Word, wordsOf } from '../words.ts'
import type { AnswerWord, AnswerWords } from './answer-words.ts'
import { guessTypo } from './guess-typo.ts'
import { readAgreeing } from './read-agreeing.ts'
import { skipClosing } from './skip-closing.ts'
import { ands, skipOpening, withoutLeads } from './skip-opening.ts'

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
 */
export function readAnswerLine(text: string, answers: AnswerWords): AnswerLine {
  const words = wordsOf(text)
  const { courtesyEnd, start } = skipOpening(text, words, answers)
  const read = readAgreeing(text, words, start, answers)
  if (read === null) {
    const written = words.slice(start)
    const isAlone = skipClosing(text, written, 1) === written.length
    const typo = /[?？]/.test(text) ? null : guessTypo(isAlone ? written.slice(0, 1) : written, answers)
    if (typo === null) return { kind: 'unclear', ...whyUnclear(text, words, answers) }
    const matched = matchOf('typo', words.slice(start), typo.languages)
    return { kind: 'answer', answer: typo, commentFrom: null, confirm: 'typo', matched }
  }
  if ('reason' in read) return { kind: 'unclear', ...read }

  const { answer, end } = read
  const matched = matchOf('answer', words.slice(start, end), answer.languages)
  const unclear = (why: Doubt): AnswerLine => ({ kind: 'unclear', ...undoing(matched, why) })
  const rest = words.slice(commentStart(text, words, end))
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
  const isGlued = first !== undefined && !isSetOff(text, words, words.indexOf(first))
  if (isGlued && !needsNoComma(rest, answer)) return unclear(doubt('not-understood', rest))
  // `No. 12 is too many`
  const isNumber = /^\.\s*\p{N}/u.test(text.slice(words[end - 1]?.to)) && own.length > 0
  const isLong = answer.meaning === 'no' && own.length > scopeWords
  const isReason = !isNumber && (isLong || beginsReason(own, answer.meaning))
  const scope = isReason ? null : findScope(own, lineLanguage(own, answer.spoken))
  if (scope !== null) return unclear(scope)
  if (answer.isPlain && isLabel(text, words[end - 1]))
    return unclear(doubt('not-understood', words.slice(start)))
  const { result } = answer
  if (result === null || ((answer.acknowledges || answer.isPlain) && first !== undefined)) {
    return unclear(doubt('not-understood', rest))
  }
  const commentFrom =
    first === undefined || isMereCourtesy(rest, answer.meaning) ? null : openingOf(text, first)
  return { kind: 'answer', answer: { ...answer, result }, commentFrom, confirm: null, matched }
}

/** `Approved` *as discussed*, `non` *trop cher*, `approved` *and well deserved*: hurried people leave out the comma. */
function needsNoComma(words: Word[], { meaning, isBare, spoken }: AnswerWord): boolean {
  const and = meaning === 'yes' && !isBare ? phraseAt(words, 0, ands) : null
  return (
    phraseAt(words, 0, anyLanguage.prefaces) !== null ||
    (meaning === 'no' && beginsReason(words, meaning)) ||
    and?.value.some((language) => spoken.includes(language)) === true
  )
}

/** `Nein, zu teuer`, `Ja, voor mij ok`: what agrees with an answer may begin like what one is for. */
function beginsReason(words: Word[], meaning: AnswerWord['meaning']): boolean {
  const agreeing = meaning === 'no' ? anyLanguage.refusals : anyLanguage.assents
  return meaning !== null && phraseAt(words, 0, agreeing) !== null
}

/** Whether a colon follows: `Da:` is a yes in some languages, and in another begins a header block that broke off. */
function isLabel(text: string, last: Word | undefined): boolean {
  return /^\s*[:：]/.test(text.slice(last?.to))
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
