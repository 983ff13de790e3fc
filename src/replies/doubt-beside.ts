import { type AnswerWord, type AnswerWords, agree, findAnswerWords } from './answer-words.ts'
import { anyLanguage } from './languages/all-languages.ts'
import { holdsPhrase, isPhrase, type Phrases, phraseAt } from './phrases.ts'
import type { UnclearReason } from './reading.ts'
import { holdsQuestionMark, isMeaningful, type TextLine } from './text-lines.ts'
import { isSetOff, type Word } from './words.ts'

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
  if (found.some((other) => !agree(other, answer)) || holds(anyLanguage.retractions)) return 'contradictory'
  if (holds(anyLanguage.negations)) return 'negated'
  if (holds(anyLanguage.conditions) || holds(anyLanguage.limits)) return 'conditional'
  if (holds(anyLanguage.futures)) return 'future'
  if (holds(anyLanguage.hedges)) return 'conditional'
  if (answer.meaning === 'no' && holds(anyLanguage.favourable)) return 'contradictory'
  return answer.meaning === 'yes' && holds(anyLanguage.unfavourable) ? 'contradictory' : null
}

/**
 * Why the lines below an answer make it doubtful; null when nothing does. A line that is another answer contradicts
 * wherever it stands, in a signature too. The first lines are read closely: a condition or a retraction anywhere, a
 * negation at the beginning, another answer where a clause begins or ends, an answer word that is negated or put off.
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

function doubtInLine(line: TextLine, answer: AnswerWord, answers: AnswerWords): UnclearReason | null {
  const { text, words } = line
  if (answer.acknowledges) {
    const doubt = doubtBeside(text, words, answer, answers)
    if (doubt !== null) return doubt
  }
  if (contradictsInClause(line, answer, answers)) return 'contradictory'
  if (holdsPhrase(words, anyLanguage.retractions)) return 'contradictory'
  if (phraseAt(words, 0, answers) === null && phraseAt(words, 0, anyLanguage.negations) !== null)
    return 'negated'
  const { found, rest } = findAnswerWords(words, answers)
  const holds = (phrases: Phrases<unknown>) => rest.some((part) => holdsPhrase(part, phrases))
  if (holds(anyLanguage.conditions) || holds(anyLanguage.limits)) return 'conditional'
  if (found.length === 0) return null
  if (holds(anyLanguage.negations)) return 'negated'
  return holds(anyLanguage.futures) ? 'future' : null
}

/** `I meant no`, `Cables: no` answer; `the approved budget` and `there is no hurry` only use the word. */
function contradictsInClause({ text, words }: TextLine, answer: AnswerWord, answers: AnswerWords): boolean {
  const isEdge = (at: number) => at === 0 || at === words.length || isSetOff(text, words, at)
  for (let at = 0; at < words.length; ) {
    const other = phraseAt(words, at, answers)
    const end = at + (other?.length ?? 1)
    if (other !== null && !agree(other.value, answer) && (isEdge(at) || isEdge(end))) return true
    at = end
  }
  return false
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
