import { type AnswerWord, type AnswerWords, agree, findAnswerWords } from './answer-words.ts'
import { anyLanguage } from './languages/all-languages.ts'
import { holdsPhrase, isPhrase, type Phrases, phraseAt } from './phrases.ts'
import type { UnclearReason } from './reading.ts'
import { holdsQuestionMark, isMeaningful, type TextLine } from './text-lines.ts'
import type { Word } from './words.ts'

/** Lines of a comment that are read closely: what takes an answer back follows it closely. */
const closeLines = 3

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
  const { found, rest } = findAnswerWords(words, answers)
  const holds = (phrases: Phrases<unknown>) => rest.some((part) => holdsPhrase(part, phrases))
  if (holdsQuestionMark(text)) return 'question'
  if (found.some((other) => !agree(other, answer))) return 'contradictory'
  if (holds(anyLanguage.negations)) return 'negated'
  if (holds(anyLanguage.conditions)) return 'conditional'
  if (holds(anyLanguage.futures)) return 'future'
  if (holds(anyLanguage.hedges)) return 'conditional'
  if (answer.meaning === 'no' && holds(anyLanguage.favourable)) return 'contradictory'
  return answer.meaning === 'yes' && holds(anyLanguage.unfavourable) ? 'contradictory' : null
}

/**
 * Why the lines below an answer make it doubtful; null when nothing does. A line that is another answer contradicts
 * wherever it stands, in a signature too. The first lines are read closely: another answer or a negation at their
 * beginning, a condition anywhere, an answer word that is negated or put off.
 */
export function doubtBelow(
  comment: TextLine[],
  signature: TextLine[],
  answer: AnswerWord,
  answers: AnswerWords,
): UnclearReason | null {
  const contradicts = ({ words }: TextLine) => {
    const other = isPhrase(words, answers) ? phraseAt(words, 0, answers) : null
    return other !== null && !agree(other.value, answer)
  }
  if ([...comment, ...signature].some(contradicts)) return 'contradictory'
  for (const line of comment.filter(isMeaningful).slice(0, closeLines)) {
    const doubt = doubtInLine(line, answer, answers)
    if (doubt !== null) return doubt
  }
  return null
}

function doubtInLine({ words }: TextLine, answer: AnswerWord, answers: AnswerWords): UnclearReason | null {
  const first = phraseAt(words, 0, answers)
  if (first !== null && !agree(first.value, answer)) return 'contradictory'
  if (first === null && phraseAt(words, 0, anyLanguage.negations) !== null) return 'negated'
  const { found, rest } = findAnswerWords(words, answers)
  const holds = (phrases: Phrases<unknown>) => rest.some((part) => holdsPhrase(part, phrases))
  if (holds(anyLanguage.conditions)) return 'conditional'
  if (found.length === 0) return null
  if (holds(anyLanguage.negations)) return 'negated'
  return holds(anyLanguage.futures) ? 'future' : null
}

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
