import { type AnswerWords, agree, findAnswerWords } from './answer-words.ts'
import { anyLanguage } from './languages/all-languages.ts'
import { holdsPhrase, type Phrases } from './phrases.ts'
import type { UnclearReason } from './reading.ts'
import { holdsQuestionMark } from './text-lines.ts'
import type { Word } from './words.ts'

/** Why a line that is no answer is none, for the mail that asks back. */
export function whyUnclear(text: string, words: Word[], answers: AnswerWords): UnclearReason {
  const { found, rest } = findAnswerWords(words, answers)
  const holds = (phrases: Phrases<unknown>) => rest.some((part) => holdsPhrase(part, phrases))
  if (holdsQuestionMark(text)) return 'question'
  const [first, ...others] = found
  if (first === undefined) return 'not-an-answer'
  if (holds(anyLanguage.negations)) return 'negated'
  if (others.some((other) => !agree(first, other))) return 'contradictory'
  if (holds(anyLanguage.conditions)) return 'conditional'
  if (holds(anyLanguage.futures)) return 'future'
  return 'not-an-answer'
}
