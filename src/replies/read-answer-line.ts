import { type AnswerWord, type AnswerWords, agree } from './answer-words.ts'
import { type Doubt, doubt, matchOf, undoing } from './doubt.ts'
import { doubtBeside } from './doubt-beside.ts'
import { findScope } from './find-scope.ts'
import { isNear } from './is-near.ts'
import { anyLanguage } from './languages/all-languages.ts'
import { phraseAt } from './phrases.ts'
import type { Match } from './reading.ts'
import { whyUnclear } from './why-unclear.ts'
import { isName, isSetOff, keyOf, type Word, wordsOf } from './words.ts'

/** `Hi Nadia Roy,`: names after a greeting or thanks. */
const courtesyNames = 2

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
  const start = skipOpening(text, words, answers)
  const read = readAnswers(text, words, start, answers)
  if (read === null) {
    const typo = guessTypo(text, words.slice(start), answers)
    if (typo === null) return { kind: 'unclear', ...whyUnclear(text, words, answers) }
    const matched = matchOf('typo', words.slice(start), typo.languages)
    return { kind: 'answer', answer: typo, commentFrom: null, confirm: 'typo', matched }
  }
  if ('reason' in read) return { kind: 'unclear', ...read }

  const { answer, end } = read
  const matched = matchOf('answer', words.slice(start, end), answer.languages)
  const unclear = (why: Doubt): AnswerLine => ({ kind: 'unclear', ...undoing(matched, why) })
  const rest = words.slice(commentStart(text, words, end))
  const opening = words.slice(0, start).filter((word) => !isName(text, word))
  const beside = doubtBeside(text, [...opening, ...rest], answer, answers)
  if (beside !== null) return unclear(beside)
  const [first] = rest
  const isGlued = first !== undefined && !isSetOff(text, words, words.indexOf(first))
  if (isGlued) return unclear(doubt('not-understood', rest))
  const scope = answer.meaning === 'no' && beginsRefusal(rest) ? null : findScope(rest)
  if (scope !== null) return unclear(scope)
  if (answer.isPlain && isLabel(text, words[end - 1]))
    return unclear(doubt('not-understood', words.slice(start)))
  const { result } = answer
  if (result === null || ((answer.acknowledges || answer.isPlain) && first !== undefined)) {
    return unclear(doubt('not-understood', rest))
  }
  const commentFrom = first === undefined ? null : openingOf(text, first)
  return { kind: 'answer', answer: { ...answer, result }, commentFrom, confirm: null, matched }
}

/** `Nein, zu teuer`: the reason of a no begins like what a yes is for. */
function beginsRefusal(words: Word[]): boolean {
  return phraseAt(words, 0, anyLanguage.refusals) !== null
}

/** Whether a colon follows: `Da:` is a yes in some languages, and in another begins a header block that broke off. */
function isLabel(text: string, last: Word | undefined): boolean {
  return /^\s*[:：]/.test(text.slice(last?.to))
}

/** Where a comment begins: with the bracket or quotation mark in front of its first word. */
export function openingOf(text: string, { from }: Word): number {
  return from - (/[([{"'«“‘]?$/.exec(text.slice(Math.max(from - 1, 0), from))?.[0].length ?? 0)
}

/** Where the answer begins: behind a greeting, with a name when a separator ends it, and thanks. */
function skipOpening(text: string, words: Word[], answers: AnswerWords): number {
  let at = 0
  for (const phrases of [anyLanguage.greetings, anyLanguage.thanks]) {
    const courtesy = phraseAt(words, at, answers) === null ? phraseAt(words, at, phrases) : null
    if (courtesy === null) continue
    at += courtesy.length
    if (phraseAt(words, at, answers) !== null) continue
    for (let names = 1; names <= courtesyNames; names += 1) {
      if (at + names < words.length && isSetOff(text, words, at + names)) {
        at += names
        break
      }
    }
  }
  return at
}

/**
 * One answer, or several that agree, with complements between them. Null when no answer begins here. Of two no words
 * that follow each other without punctuation the one negates the other: `Non refusé`.
 */
function readAnswers(
  text: string,
  words: Word[],
  start: number,
  answers: AnswerWords,
): { answer: AnswerWord; end: number } | Doubt | null {
  const first = phraseAt(words, start, answers)
  if (first === null) return null
  let answer = first.value
  let end = start + first.length
  for (;;) {
    const next = phraseAt(words, end, answers)
    const complement = phraseAt(words, end, anyLanguage.complements)
    // `No, no tenemos presupuesto` says its no once, and then why.
    if (phraseAt(words, end, anyLanguage.refusals) !== null && isSetOff(text, words, end))
      return { answer, end }
    if (next !== null && !next.value.isPlain) {
      const again = words.slice(end, end + next.length)
      if (!agree(answer, next.value)) {
        const other = doubt('other-answer', again, next.value.languages)
        return undoing(matchOf('answer', words.slice(start, end), answer.languages), other)
      }
      if (next.value.meaning === 'no' && negates(text, words, end, next.length)) {
        const negation = doubt('negation', words.slice(start, end), answer.languages)
        return undoing(matchOf('answer', again, next.value.languages), negation)
      }
      if (answer.result === null || answer.acknowledges) answer = next.value
      end += next.length
    } else if (complement !== null) end += complement.length
    else return { answer, end }
  }
}

/** Whether a word, neither repeated nor set off, follows another: an emoji, or `no I refuse`, does not negate it. */
function negates(text: string, words: Word[], at: number, length: number): boolean {
  const [before, word] = words.slice(at - 1, at + 1)
  if (length > 1 || before === undefined || word === undefined || before.text === word.text) return false
  return !isSetOff(text, words, at) && [before, word].every(({ text }) => /\p{L}/u.test(text))
}

/** Behind the courtesy, but with it where it leads into the comment: `Approved. Thanks for the offer.` */
function commentStart(text: string, words: Word[], answerEnd: number): number {
  const at = skipClosing(text, words, answerEnd)
  const leadsIn = at > answerEnd && at < words.length && !isSetOff(text, words, at)
  return leadsIn && isSetOff(text, words, answerEnd) ? answerEnd : at
}

/** Behind the courtesy that follows an answer, with a name where the line ends with it: `Yes, thanks Nadia`. */
function skipClosing(text: string, words: Word[], start: number): number {
  let at = start
  for (;;) {
    const courtesy = phraseAt(words, at, anyLanguage.thanks) ?? phraseAt(words, at, anyLanguage.pleases)
    if (courtesy === null) break
    at += courtesy.length
  }
  const names = words.slice(at)
  const isNamed = at > start && names.length <= courtesyNames && names.every((word) => isName(text, word))
  return isNamed ? words.length : at
}

/** The one choice with a word that a single slip makes of the whole line; null when none or several have. */
function guessTypo(
  text: string,
  words: Word[],
  answers: AnswerWords,
): (AnswerWord & { result: string }) | null {
  const [first] = words
  if (first === undefined || /[?？]/.test(text)) return null
  const written = keyOf(skipClosing(text, words, 1) === words.length ? [first] : words)
  const near = [-1, 0, 1].flatMap((more) =>
    (answers.guessable.get(written.length + more) ?? []).filter(([key]) => isNear(key, written)),
  )
  const [guess, ...others] = near.map(([, answer]) => answer)
  return guess === undefined || others.some(({ result }) => result !== guess.result) ? null : guess
}
