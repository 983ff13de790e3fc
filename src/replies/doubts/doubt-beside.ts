import { type AnswerWord, type AnswerWords, agree } from '../answers/answer-words.ts'
import { complementLength } from '../answers/complement-length.ts'
import { findAnswerWords } from '../answers/find-answer-words.ts'
import { anyLanguage, type LanguagePhrases } from '../languages/all-languages.ts'
import { type Phrases, phraseAt, withoutLengths, withoutPhrases } from '../phrases.ts'
import type { DoubtKind } from '../reading.ts'
import { skipPhrases } from '../regions/inside-courtesy.ts'
import { isSetOff, type Word } from '../words.ts'
import { type Doubt, doubt, doubtIn, doubtOfQuestionMark, firstDoubt } from './doubt.ts'
import { findDeferral } from './find-deferral.ts'
import { findLocalDoubt } from './find-local-doubt.ts'
import { lineLanguage } from './line-language.ts'
import { negationOfNo } from './negation-of-no.ts'
import { withoutOrderNotes } from './order-notes.ts'

/**
 * Why the rest of the answer's own line makes the answer doubtful; null when nothing does. Strict: any question, other
 * answer, negation, condition or hedge is a doubt, because asking back costs a mail and a wrong decision costs money.
 *
 * @param isBehind Whether all of it stands behind the answer, where a negation may say why not.
 */
export function doubtBeside(
  text: string,
  words: Word[],
  answer: AnswerWord,
  answers: AnswerWords,
  { isBehind = false } = {},
): Doubt | null {
  if (words.length === 0) return doubtOfQuestionMark(text)
  const [isYes, isNo] = [answer.meaning === 'yes', answer.meaning === 'no']
  const { refusals, regrets, assents, asides, harmless } = anyLanguage
  const expected = isNo ? [refusals, regrets, asides] : [assents, asides]
  const noted = isYes ? withoutOrderNotes(text, words) : words
  const said = withoutPhrases(withoutWhole(text, noted, ...expected), harmless)
  // Most of what is expected may itself answer something else: `Ja,` *das Angebot ist da*.
  const unsaid = withoutApologies(isNo ? withoutWhole(text, words, refusals, regrets) : words)
  const { found, rest } = findAnswerWords(text, said, answers)
  const other = found.find((one) => !agree(one.answer, answer))
  const line = lineLanguage(words, answer.spoken)
  const inRest = (kind: DoubtKind, phrases: LanguagePhrases | null) => doubtIn(kind, rest, phrases, line)
  /** Whole, for it may hold an answer: `Paul must approve`. */
  const inSaid = (kind: DoubtKind, phrases: LanguagePhrases | null) => doubtIn(kind, [said], phrases, line)
  /** What goes on behind `Rejected` says why; `No` may answer something else. */
  const isReason = isNo && isBehind && !answer.isBare
  return (
    doubtOfQuestionMark(text) ??
    (other ? doubt('other-answer', other.words, other.answer.languages) : null) ??
    inRest('retraction', anyLanguage.retractions) ??
    inRest('withdrawal', isYes ? anyLanguage.withdrawals : null) ??
    // Before a negation, for that may be a part of it: `but no more than 500`, `mais pas au-delà de 500`.
    doubtIn('condition', rest.map(withoutPleases), anyLanguage.conditions, line) ??
    (isNo && isBehind ? negationOfNo(said, answers, line) : inRest('negation', anyLanguage.negations)) ??
    doubtIn('condition', rest, answer.localDoubts) ??
    firstDoubt(rest, (words) => findLocalDoubt(words, answer.spoken)) ??
    // As written: `noch nicht nötig` holds a reason why not.
    doubtIn('future', [words], anyLanguage.notYet, line) ??
    findDeferral(text, said) ??
    doubtIn('future', [words], isNo ? anyLanguage.reopenings : null, line) ??
    (isReason ? null : unsettled()) ??
    inRest('hedge', anyLanguage.hedges) ??
    doubtIn('hedge', [unsaid], answer.isBare && found.length === 0 ? anyLanguage.remarks : null, line) ??
    inSaid('reservation', isYes ? anyLanguage.reservations : null) ??
    inRest('favourable', isNo ? anyLanguage.favourable : null) ??
    inSaid('favourable', isNo ? anyLanguage.assents : null) ??
    inRest('unfavourable', isYes ? anyLanguage.unfavourable : null) ??
    (isBehind && isYes && answer.isBare ? remark() : null)
  )

  /** `Ja, hier`; and what is glued to an answer that says the yes again: `Ja, bestell sie` *bei HP*. */
  function remark(): Doubt | null {
    if (found.length === 0) return unknownRemark(text, words)
    return firstDoubt(found, (again) => {
      const [first, ...others] = rest[found.indexOf(again) + 1] ?? []
      if (first === undefined || isSetOff(text, words, words.indexOf(first))) return null
      // `Happy with this` *supplier*
      if (phraseAt(again.words, 0, anyLanguage.favourable) !== null) return null
      const next = others.findIndex((word) => isSetOff(text, words, words.indexOf(word)))
      return unknownRemark(text, [first, ...(next === -1 ? others : others.slice(0, next))])
    })
  }

  function unsettled(): Doubt | null {
    return (
      inRest('future', anyLanguage.futures) ??
      inRest('limit', anyLanguage.limits) ??
      inRest('question', anyLanguage.questions)
    )
  }
}

const apologyWords = 6

/** Less the longest asides, which apologise and say why: `sorry for the delay, I was on leave`. */
function withoutApologies(words: Word[]): Word[] {
  return withoutLengths(words, (at) => {
    const length = phraseAt(words, at, anyLanguage.asides)?.length ?? 0
    return length < apologyWords ? 0 : length
  })
}

/** `S’il vous plaît` begins like a condition. */
function withoutPleases(words: Word[]): Word[] {
  return withoutPhrases(words, anyLanguage.pleases)
}

/**
 * What stands behind a bare yes and is neither known nor about the request: `Oui,` *hier*, `Yes,` *this is Tom* answer
 * another question as likely as not.
 */
function unknownRemark(text: string, words: Word[]): Doubt | null {
  const { assents, asides, harmless, thanks, pleases, closings, prefaces, favourable, matters } = anyLanguage
  const whole = [assents, asides, thanks, pleases, closings, favourable]
  const isKnown = words.some(
    (_, at) =>
      [harmless, matters].some((phrases) => phraseAt(words, at, phrases) !== null) ||
      // What it goes on with, for alone it may say no more than `Yes,` *seen*.
      (phraseAt(words, at, prefaces)?.length ?? words.length) < words.length - at ||
      whole.some((phrases) => wholePhraseAt(text, words, at, phrases) > 0),
  )
  const isNothing = words.length === 0 || complementLength(text, words, 0) === words.length
  return isKnown || isNothing ? null : doubt('not-understood', words)
}

/** The words less each phrase of these that is a clause of its own. */
export function withoutWhole(text: string, words: Word[], ...lists: Phrases<unknown>[]): Word[] {
  return withoutLengths(words, (at) => {
    let longest = 0
    for (const list of lists) longest = Math.max(longest, wholePhraseAt(text, words, at, list))
    return longest
  })
}

/**
 * The number of words of a phrase that ends its clause, with what may follow an answer too (`no problem` *for me*); 0 when
 * none stands there: `not needed` may go on with *to change anything*.
 */
export function wholePhraseAt(text: string, words: Word[], at: number, list: Phrases<unknown>): number {
  const length = phraseAt(words, at, list)?.length ?? 0
  if (length === 0) return 0
  if (isSetOff(text, words, at + length)) return length
  const end = at + length + complementLength(text, words, at + length)
  const { thanks, pleases, closings } = anyLanguage
  const isLast = skipPhrases(words, end, [thanks, pleases, closings]) === words.length
  return isLast || isSetOff(text, words, end) ? end - at : 0
}
