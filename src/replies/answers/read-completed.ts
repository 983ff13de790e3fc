import { findDelegation } from '../instructions/find-delegation.ts'
import type { ReadContext, UnclearReason } from '../reading.ts'
import { splitLines } from '../text-lines.ts'
import { isChoice } from './is-choice.ts'
import { readAnswers } from './read-answers.ts'

/**
 * Reads an answer that waited for its comment as if both had come in one mail: the comment may take it back.
 *
 * @param result What the one question was answered with, `NO` for instance.
 * @param comment A comment that a reading found, without quote and signature.
 * @returns Null when the answer still stands, otherwise why it does not.
 */
export function readCompleted(result: string, comment: string, context: ReadContext): UnclearReason | null {
  const [question] = context.questions.filter(isChoice)
  const choice = question?.choices.find((choice) => choice.result === result)
  if (question === undefined || choice === undefined) return 'not-an-answer'
  const lines = splitLines(`${choice.keywords[0] ?? ''}\n${comment}`)
  if (findDelegation(lines) !== null) return 'contradictory'
  const { details, confirm, reason } = readAnswers(lines, [], context)
  if (reason !== null || confirm !== null) return reason ?? confirm
  return details[question.id]?.value === result ? null : 'contradictory'
}
