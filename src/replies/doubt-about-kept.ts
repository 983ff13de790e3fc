import { answerWords } from './answer-words.ts'
import { doubtInText } from './doubt-in-text.ts'
import { isChoice } from './is-choice.ts'
import { readCompleted } from './read-completed.ts'
import type { ReadContext, ReplyReading, UnclearReason } from './reading.ts'
import { splitLines } from './text-lines.ts'
import { withoutPointers } from './without-pointers.ts'

/**
 * Why what a reply says beside its answers takes back what somebody decided in an earlier one, whose rest it gives; null
 * when that still stands.
 *
 * @param kept What the earlier reply answered.
 */
export function doubtAboutKept(
  kept: { id: string; result: string },
  { comment, answers }: Pick<ReplyReading, 'comment' | 'answers'>,
  { questions, locale }: Pick<ReadContext, 'questions' | 'locale'>,
): UnclearReason | null {
  const question = questions.filter(isChoice).find(({ id }) => id === kept.id)
  if (question === undefined) return null
  const said = splitLines(comment).map((line) => withoutPointers(line).text)
  const context = { questions: [question], locale, brackets: '', sentText: null, learnedFooters: [] }
  const doubt = readCompleted(kept.result, said.join('\n'), context)
  if (doubt !== null) return doubt
  const words = answerWords(question, locale)
  const decided = [...words.entries.values()].find(({ result }) => result === kept.result)
  const texts = questions.flatMap(({ id, type }) => (type === 'text' ? (answers[id] ?? []) : []))
  for (const text of texts) {
    const found = decided && doubtInText(text, decided, words)
    if (found) return found.reason
  }
  return null
}
