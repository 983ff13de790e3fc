import { type AnswerWord, type AnswerWords, answerWords, entriesOf } from '../answers/answer-words.ts'
import { isChoice } from '../answers/is-choice.ts'
import { readCompleted } from '../answers/read-completed.ts'
import type { ReadContext, ReplyReading, UnclearReason } from '../reading.ts'
import { splitLines } from '../text-lines.ts'
import { doubtInText } from './doubt-in-text.ts'
import { withoutPointers } from './without-pointers.ts'

/**
 * Why what a reply says beside its answers takes back what somebody decided in an earlier one, whose rest it gives; null
 * when that still stands. A text that was taken without its label is weighed like a comment: nobody has said that it is
 * what was asked for.
 *
 * @param kept What the earlier reply answered.
 */
export function doubtAboutKept(
  kept: { id: string; result: string },
  { comment, answers, details }: Pick<ReplyReading, 'comment' | 'answers' | 'details'>,
  { questions, locale }: Pick<ReadContext, 'questions' | 'locale'>,
): UnclearReason | null {
  const question = questions.filter(isChoice).find(({ id }) => id === kept.id)
  if (question === undefined) return null
  const context = { questions: [question], locale, brackets: '', sentText: null, learnedFooters: [] }
  const unlabelled = Object.values(details).flatMap((detail) => (detail.unlabelled ? [detail.value] : []))
  for (const said of [comment, ...unlabelled]) {
    const lines = splitLines(said).map((line) => withoutPointers(line).text)
    const doubt = readCompleted(kept.result, lines.join('\n'), context)
    if (doubt !== null) return doubt
  }
  const words = answerWords(question, locale)
  const decided = wordFor(kept.result, words)
  const texts = questions.flatMap(({ id, type }) => (type === 'text' ? (answers[id] ?? []) : []))
  for (const text of texts) {
    const found = decided && doubtInText(text, decided, words)
    if (found) return found.reason
  }
  return null
}

/** A word that stands for the result; the first keyword of its choice, where it has one. */
function wordFor(result: string, answers: AnswerWords): AnswerWord | undefined {
  for (const [, answer] of entriesOf(answers)) if (answer.result === result) return answer
  return undefined
}
