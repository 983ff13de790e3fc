import { type AnswerWord, type AnswerWords, agree, findAnswerWords } from './answer-words.ts'
import { defers } from './defers.ts'
import { holdsLocalDoubt } from './holds-local-doubt.ts'
import { anyLanguage } from './languages/all-languages.ts'
import { holdsPhrase, type Phrases, phraseAt } from './phrases.ts'
import type { UnclearReason } from './reading.ts'
import { holdsQuestionMark } from './text-lines.ts'
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
): UnclearReason | null {
  const doubted = answer.meaning === 'no' ? withoutRefusals(text, words) : words
  const { found, rest } = findAnswerWords(doubted, answers)
  const holds = (phrases: Phrases<unknown>) => rest.some((part) => holdsPhrase(part, phrases))
  if (holdsQuestionMark(text)) return 'question'
  if (found.some((other) => !agree(other, answer)) || holds(anyLanguage.retractions)) return 'contradictory'
  if (answer.meaning === 'yes' && holds(anyLanguage.withdrawals)) return 'contradictory'
  if (holds(anyLanguage.negations)) return 'negated'
  if (holds(anyLanguage.conditions) || holds(anyLanguage.limits)) return 'conditional'
  if (answer.localDoubts !== null && holds(answer.localDoubts)) return 'conditional'
  if (rest.some(holdsLocalDoubt)) return 'conditional'
  if (holds(anyLanguage.futures) || defers(text, words)) return 'future'
  if (holds(anyLanguage.questions)) return 'question'
  if (!isReasonOfNo(text, words, answer) && holds(anyLanguage.hedges)) return 'conditional'
  if (answer.meaning === 'yes' && holds(anyLanguage.reservations)) return 'conditional'
  if (answer.meaning === 'no' && holds(anyLanguage.favourable)) return 'contradictory'
  return answer.meaning === 'yes' && holds(anyLanguage.unfavourable) ? 'contradictory' : null
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
