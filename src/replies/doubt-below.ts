import { type AnswerWord, type AnswerWords, agree, findAnswerWords } from './answer-words.ts'
import { bounds } from './bounds.ts'
import { defers } from './defers.ts'
import { doubtBeside } from './doubt-beside.ts'
import { holdsLocalDoubt } from './holds-local-doubt.ts'
import { anyLanguage } from './languages/all-languages.ts'
import { holdsPhrase, isPhrase, type Phrases, phraseAt, withoutPhrases } from './phrases.ts'
import type { UnclearReason } from './reading.ts'
import { holdsQuestionMark, isMeaningful, type LineText, type TextLine } from './text-lines.ts'
import { isSetOff } from './words.ts'

/** Lines of a comment that are read closely: what binds an answer follows it closely. */
const closeLines = 3

/** A line of so many words right under a yes weighs as if it stood beside it: hurried people end a line for a comma. */
const remarkWords = 6

/**
 * Why the lines below an answer make it doubtful; null when nothing does. What takes an answer back does so wherever it
 * stands in the comment: another answer (in the signature too), a retraction, and below a yes a request to stop. The
 * first lines are read closely: a question, a condition, a decision put off, a negation that begins a clause.
 */
export function doubtBelow(
  comment: TextLine[],
  signature: TextLine[],
  answer: AnswerWord,
  answers: AnswerWords,
): UnclearReason | null {
  const isAnother = ({ words }: TextLine) => {
    const other = isPhrase(words, answers) ? phraseAt(words, 0, answers) : null
    return other !== null && !agree(other.value, answer)
  }
  if (signature.some(isAnother)) return 'contradictory'
  const lines = comment
    .filter(isMeaningful)
    .map(({ text, words }) => ({ text, words: withoutPhrases(words, anyLanguage.idioms) }))
  for (const line of lines) {
    if (line.words.length === 0 && holdsQuestionMark(line.text)) return 'question'
    if (takesBack(line, answer, answers)) return 'contradictory'
  }
  const [first] = comment
  if (first !== undefined && isMeaningful(first) && answer.meaning === 'yes') {
    const doubt = doubtInRemark(lines[0] ?? first, answer, answers)
    if (doubt !== null) return doubt
  }
  for (const line of lines.slice(0, closeLines)) {
    const doubt = doubtInLine(line, answer, answers)
    if (doubt !== null) return doubt
  }
  return answer.meaning === 'no' && comment.some(assents) ? 'contradictory' : null
}

function takesBack(line: LineText, answer: AnswerWord, answers: AnswerWords): boolean {
  return (
    contradicts(line, answer, answers) ||
    holdsPhrase(line.words, anyLanguage.retractions) ||
    (answer.meaning === 'yes' && holdsPhrase(line.words, anyLanguage.withdrawals))
  )
}

/**
 * Another answer in a comment. A keyword of the question is one wherever it stands, and so is any no, because a yes is
 * what costs money; a yes of the dictionary is one only where a clause begins or ends (`the approved budget` is none).
 */
function contradicts({ text, words }: LineText, answer: AnswerWord, answers: AnswerWords): boolean {
  const isEdge = (at: number) => at === 0 || at === words.length || isSetOff(text, words, at)
  for (let at = 0; at < words.length; ) {
    const other = phraseAt(words, at, answers)
    const end = at + (other?.length ?? 1)
    if (other !== null && !agree(other.value, answer)) {
      const { matchedBy, meaning } = other.value
      if (matchedBy === 'keyword' || meaning === 'no' || isEdge(at) || isEdge(end)) return true
    }
    at = end
  }
  return false
}

/** A short line without a blank one above it. */
function doubtInRemark(
  { text, words }: LineText,
  answer: AnswerWord,
  answers: AnswerWords,
): UnclearReason | null {
  if (words.length > remarkWords) return null
  return doubtBeside(text, words, answer, answers) ?? (bounds(words) ? 'conditional' : null)
}

function doubtInLine(line: LineText, answer: AnswerWord, answers: AnswerWords): UnclearReason | null {
  const { text, words } = line
  if (answer.acknowledges) {
    const doubt = doubtBeside(text, words, answer, answers)
    if (doubt !== null) return doubt
  }
  if (holdsQuestionMark(text) || phraseAt(words, 0, anyLanguage.questions) !== null) return 'question'
  if (negatesClause(line, answer, answers)) return 'negated'
  const { found, rest } = findAnswerWords(words, answers)
  const holds = (phrases: Phrases<unknown>) => rest.some((part) => holdsPhrase(part, phrases))
  if (holds(anyLanguage.conditions) || holds(anyLanguage.limits)) return 'conditional'
  if (answer.localDoubts !== null && holds(answer.localDoubts)) return 'conditional'
  if (rest.some(holdsLocalDoubt)) return 'conditional'
  if (answer.meaning === 'yes' && holdsPhrase(words, anyLanguage.reservations)) return 'conditional'
  if (defers(text, words)) return 'future'
  if (found.length === 0) return null
  if (holds(anyLanguage.negations)) return 'negated'
  return holds(anyLanguage.futures) ? 'future' : null
}

/** A negation that begins the line, or below a yes any clause of it: `twelve laptops, not ten`. */
function negatesClause({ text, words }: LineText, answer: AnswerWord, answers: AnswerWords): boolean {
  return words.some(
    (_, at) =>
      (at === 0 || (answer.meaning === 'yes' && isSetOff(text, words, at))) &&
      phraseAt(words, at, answers) === null &&
      phraseAt(words, at, anyLanguage.negations) !== null,
  )
}

/** `I have no objection`: the words of a yes, for all their negation. */
function assents({ words }: LineText): boolean {
  return holdsPhrase(words, anyLanguage.assents)
}
