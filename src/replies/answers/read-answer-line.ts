import { type Doubt, doubt, matchOf, undoing } from '../doubts/doubt.ts'
import { doubtBelow } from '../doubts/doubt-below.ts'
import { doubtBeside, wholePhraseAt } from '../doubts/doubt-beside.ts'
import { findScope } from '../doubts/find-scope.ts'
import { lineLanguage } from '../doubts/line-language.ts'
import { whyUnclear } from '../doubts/why-unclear.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import { phraseAt } from '../phrases.ts'
import type { Match } from '../reading.ts'
import { isMereCourtesy } from '../regions/is-mere-courtesy.ts'
import type { LineText } from '../text-lines.ts'
import { endsSentence, isName, isSetOff, type Word, wordsOf } from '../words.ts'
import { answerAt } from './answer-at.ts'
import { type AnswerWord, type AnswerWords, agree } from './answer-words.ts'
import { complementLength, requestLength } from './complement-length.ts'
import { guessTypo } from './guess-typo.ts'
import { ands, courtesyNames, skipOpening, withoutLeads } from './skip-opening.ts'

/**
 * What begins a phrase that a no right before it negates, whatever follows: pronouns and verbs of Spanish, Italian and
 * Portuguese (`no lo rechazo`, `non si rifiuta`, `não sou contra`).
 */
const negatable = new Set(
  'lo la los las le li l se si me te nos os les esta estoy estan estou queda quedan fica e foi es sono soy sou voto nego vamos digo dile digale decidle tengo tenemos debo debemos he hemos ha han doy damos'.split(
    ' ',
  ),
)

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
  const read = readAnswers(text, words, start, answers)
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

/** What stands in the same sentence as the answer; what comes behind its full stop is judged like a line below. */
function ownSentence(text: string, last: Word | undefined, rest: Word[]): Word[] {
  const next = rest.findIndex((word, at) => endsSentence(text, rest[at - 1] ?? last, word))
  return next === -1 ? rest : rest.slice(0, next)
}

function sentencesOf(text: string, words: Word[]): LineText[] {
  const sentences: LineText[] = []
  let start = 0
  for (let at = 1; at <= words.length; at += 1) {
    const [first, last, next] = [words[start], words[at - 1], words[at]]
    if (first === undefined || last === undefined) break
    if (next !== undefined && !endsSentence(text, last, next)) continue
    const { from } = first
    sentences.push({
      text: text.slice(from, next?.from),
      from,
      words: words.slice(start, at).map((word) => ({ ...word, from: word.from - from, to: word.to - from })),
    })
    start = at
  }
  return sentences
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
  const first = answerAt(text, words, start, answers)
  if (first === null) return null
  let answer = first.value
  let end = start + first.length
  for (;;) {
    const next = answerAt(text, words, end, answers)
    const complement = complementAt(text, words, end, answers)
    // `No, no tenemos presupuesto` says its no once, and then why.
    if (phraseAt(words, end, anyLanguage.refusals) !== null && isSetOff(text, words, end))
      return { answer, end }
    // `Sí, no hay problema` says its yes once, and then that nothing speaks against it.
    const assent = Math.max(
      wholePhraseAt(text, words, end, answer.meaning === 'no' ? anyLanguage.regrets : anyLanguage.assents),
      wholePhraseAt(text, words, end, anyLanguage.asides),
    )
    if (assent > (next?.length ?? 0)) {
      if (isSetOff(text, words, end)) return { answer, end }
      end += assent
      continue
    }
    if (next !== null && !next.value.isPlain) {
      const again = words.slice(end, end + next.length)
      if (!agree(answer, next.value)) {
        // `No apruebo`: the word for no is that for *not*.
        const isNegated =
          !isSetOff(text, words, end) && phraseAt(words, end - 1, anyLanguage.negations) !== null
        if (isNegated) return doubt('negation', words.slice(start, end + next.length), next.value.languages)
        const other = doubt('other-answer', again, next.value.languages)
        return undoing(matchOf('answer', words.slice(start, end), answer.languages), other)
      }
      if (next.value.meaning === 'no' && negates(text, words, end, next.length)) {
        const negation = doubt('negation', words.slice(start, end), answer.languages)
        return undoing(matchOf('answer', again, next.value.languages), negation)
      }
      if (goesOn(text, words, end, next.length)) return { answer, end }
      const isWeak = answer.result === null || answer.acknowledges
      if (isWeak || (answer.isBare && next.value.result === answer.result)) answer = next.value
      end += next.length
    } else if (complement > 0) {
      if (negatesComplement(text, words, end, complement))
        return doubt('negation', words.slice(start, end + complement))
      end += complement
    } else return { answer, end }
  }
}

/**
 * Whether an answer behind another goes on with more than courtesy, and so is a comment on that one, with its doubts:
 * `Approved,` *please order them from Dell*.
 */
function goesOn(text: string, words: Word[], at: number, length: number): boolean {
  if (length === 1 || !isSetOff(text, words, at)) return false
  const end = at + length + complementLength(text, words, at + length)
  const isEnd = isSetOff(text, words, end) || skipClosing(text, words, end) === words.length
  return !isEnd && phraseAt(words, end, ands) === null
}

/**
 * How many words complement the answer before them, or lead into one more. Behind punctuation they are all that stands
 * there: *it* in `No, it is the third time` begins a comment.
 */
function complementAt(text: string, words: Word[], at: number, answers: AnswerWords): number {
  const lead = Math.max(
    phraseAt(words, at, anyLanguage.leads)?.length ?? 0,
    phraseAt(words, at, ands)?.length ?? 0,
  )
  if (lead > 0 && answerAt(text, words, at + lead, answers) !== null) return lead
  // `Refusé. Facture non conforme`
  if (endsSentence(text, words[at - 1], words[at])) return 0
  const length = complementLength(text, words, at)
  const isLoose =
    length > 0 && isSetOff(text, words, at) && answerAt(text, words, at + length, answers) === null
  return isLoose && !isSetOff(text, words, at + length) && at + length < words.length ? 0 : length
}

/** Where the word for no is that for *not*, it says so of what it stands before: `No esta compra`, `Nie ten zakup`. */
function negatesComplement(text: string, words: Word[], at: number, length: number): boolean {
  if (isSetOff(text, words, at) || phraseAt(words, at - 1, anyLanguage.negations) === null) return false
  return requestLength(words, at) === length
}

/** Whether a word, neither repeated nor set off, follows another: an emoji, or `no I refuse`, does not negate it. */
function negates(text: string, words: Word[], at: number, length: number): boolean {
  const [before, word] = words.slice(at - 1, at + 1)
  if (before === undefined || word === undefined || before.text === word.text) return false
  if (length > 1 && !negatable.has(word.text)) return false
  return !isSetOff(text, words, at) && [before, word].every(({ text }) => /\p{L}/u.test(text))
}

/** Behind the courtesy, but with it where it leads into the comment: `Approved. Thanks for the offer.` */
function commentStart(text: string, words: Word[], answerEnd: number): number {
  const at = skipClosing(text, words, answerEnd)
  const leadsIn = at > answerEnd && at < words.length && !isSetOff(text, words, at)
  return leadsIn && isSetOff(text, words, answerEnd) ? answerEnd : at
}

/** `mfg`, `mvg`, `pozdr` */
const shortClosing = 5

/** Behind the courtesy that follows an answer, with a name where the line ends with it: `Yes, thanks Nadia`. */
function skipClosing(text: string, words: Word[], start: number): number {
  let at = start
  for (;;) {
    const courtesy = phraseAt(words, at, anyLanguage.thanks) ?? phraseAt(words, at, anyLanguage.pleases)
    if (courtesy === null) break
    at += courtesy.length
  }
  const courtesyEnd = at
  // `Approvato! A presto`, `genehmigt mfg`: a closing ends the line, or a name behind it does.
  const closing = phraseAt(words, at, anyLanguage.closings)?.length ?? 0
  const isShort = closing === 1 && (words[at]?.text.length ?? 0) <= shortClosing
  if (isSetOff(text, words, at) || (isShort && at + 1 === words.length)) at += closing
  const names = words.slice(at)
  const isNamed = at > start && names.length <= courtesyNames && names.every((word) => isName(text, word))
  return isNamed ? words.length : courtesyEnd
}
