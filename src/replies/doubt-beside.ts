import { type AnswerWord, type AnswerWords, agree, findAnswerWords } from './answer-words.ts'
import { type Doubt, doubt, doubtIn, doubtOfQuestionMark, firstDoubt } from './doubt.ts'
import { findDeferral } from './find-deferral.ts'
import { findLocalDoubt } from './find-local-doubt.ts'
import { anyLanguage } from './languages/all-languages.ts'
import { phraseAt, withoutPhrases } from './phrases.ts'
import { isSetOff, type Word } from './words.ts'

/**
 * Why the rest of the answer's own line makes the answer doubtful; null when nothing does. Strict: any question, other
 * answer, negation, condition or hedge is a doubt, because asking back costs a mail and a wrong decision costs money.
 */
export function doubtBeside(
  text: string,
  words: Word[],
  answer: AnswerWord,
  answers: AnswerWords,
): Doubt | null {
  const [isYes, isNo] = [answer.meaning === 'yes', answer.meaning === 'no']
  const { found, rest } = findAnswerWords(isNo ? withoutRefusals(text, words) : words, answers)
  const other = found.find((one) => !agree(one.answer, answer))
  return (
    doubtOfQuestionMark(text) ??
    (other ? doubt('other-answer', other.words, other.answer.languages) : null) ??
    doubtIn('retraction', rest, anyLanguage.retractions) ??
    doubtIn('withdrawal', rest, isYes ? anyLanguage.withdrawals : null) ??
    doubtIn('negation', rest, anyLanguage.negations) ??
    doubtIn('condition', rest.map(withoutPleases), anyLanguage.conditions) ??
    doubtIn('limit', rest, anyLanguage.limits) ??
    doubtIn('condition', rest, answer.localDoubts) ??
    firstDoubt(rest, (words) => findLocalDoubt(words, answer.spoken)) ??
    doubtIn('future', rest, anyLanguage.futures) ??
    findDeferral(text, words) ??
    doubtIn('question', rest, anyLanguage.questions) ??
    doubtIn('hedge', rest, isReasonOfNo(text, words, answer) ? null : anyLanguage.hedges) ??
    doubtIn('reservation', rest, isYes ? anyLanguage.reservations : null) ??
    doubtIn('favourable', rest, isNo ? anyLanguage.favourable : null) ??
    doubtIn('unfavourable', rest, isYes ? anyLanguage.unfavourable : null)
  )
}

/** `S’il vous plaît` begins like a condition. */
function withoutPleases(words: Word[]): Word[] {
  return withoutPhrases(words, anyLanguage.pleases)
}

/** A no with a full stop is said; what to do now is a sentence of its own: `Refusé. Merci de demander un second devis.` */
function isReasonOfNo(text: string, [first]: Word[], { meaning }: AnswerWord): boolean {
  return meaning === 'no' && first !== undefined && /[.!]\s+$/.test(text.slice(0, first.from))
}

/** The words less each refusal that ends its clause: `not needed` may go on with *to change anything*. */
function withoutRefusals(text: string, words: Word[]): Word[] {
  const kept: Word[] = []
  for (let at = 0; at < words.length; ) {
    const end = at + (phraseAt(words, at, anyLanguage.refusals)?.length ?? 0)
    const isWhole = end > at && (end === words.length || isSetOff(text, words, end))
    if (!isWhole) kept.push(...words.slice(at, at + 1))
    at = isWhole ? end : at + 1
  }
  return kept
}
