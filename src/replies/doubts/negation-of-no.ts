import { type AnswerWords, answerPhraseAt } from '../answers/answer-words.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import { findPhrase, phraseAt, withoutPhrases } from '../phrases.ts'
import type { Word } from '../words.ts'
import { type Doubt, doubt, doubtIn } from './doubt.ts'
import { isDoubtIn, type LineLanguage } from './line-language.ts'

/** With these a sentence begins, where others leave out all but what they negate: `No, not this one`. */
const beforeVerbs = new Set(['no', 'non', 'nao', 'nie', 'ne', 'n'])

/**
 * The negation behind a no that may negate it: one that begins the remark (`No, not refused`), or one beside a word of
 * refusing, stopping, changing, or of what is good or bad (`No, I do not have concerns`). Any other says why not:
 * `Non, il n’y a plus de budget`.
 */
export function negationOfNo(words: Word[], answers: AnswerWords, line: LineLanguage): Doubt | null {
  const { negations, withdrawals, reservations, favourable, unfavourable } = anyLanguage
  // Spanish `no` is both, and says its no again: `No, no tenemos presupuesto`.
  const isNo = (at: number) => answerPhraseAt(words, at, answers)?.value.meaning === 'no'
  const first = beforeVerbs.has(words[0]?.text ?? '') ? null : phraseAt(words, 0, negations)
  if (first !== null && !isNo(0)) return doubt('negation', words.slice(0, first.length), first.value)
  const refuses = words.some((_, at) => isNo(at) && phraseAt(words, at, negations) === null)
  // Less the negation itself: `do not` keeps a yes from being one.
  const negated = withoutPhrases(words, negations)
  const isNegatable = [withdrawals, reservations, favourable, unfavourable].some(
    (phrases) =>
      findPhrase(negated, phrases, (words, languages) => isDoubtIn(line, words, languages)) !== null,
  )
  return refuses || isNegatable ? doubtIn('negation', [words], negations, line) : null
}
