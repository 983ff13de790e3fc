import { checkAnswers } from './check-answers.ts'
import type { ProcessDefinition, Step } from './process.ts'
import { choiceOf, commentMissing } from './state-machine.ts'

/** What keeps an answer from deciding. */
export interface Lack {
  /** Ids of the questions that must be answered, or must be answered otherwise. */
  questions: string[]
  /** Whether the result needs a comment. */
  comment: boolean
}

/**
 * What lacks in the answers of a person, by question id. Before the question that decides is answered, every question that
 * some result needs counts as lacking: they are asked for at once.
 */
export function whatLacks(
  definition: ProcessDefinition,
  step: Step,
  { answers, comment }: { answers: Record<string, string>; comment: string },
): Lack {
  const { [step.question.id]: result = '', ...others } = answers
  const choice = choiceOf(step, result)
  const refused = checkAnswers(definition, step, { result, answers: others }).problems.map(({ path }) => path)
  const unanswered = step.furtherQuestions.filter(
    ({ id, requiredFor }) => choice === null && requiredFor.length > 0 && (others[id] ?? '') === '',
  )
  const lacking = new Set([...refused, ...unanswered.map(({ id }) => id)])
  return {
    questions: [
      ...(choice === null ? [step.question.id] : []),
      ...step.furtherQuestions.map(({ id }) => id).filter((id) => lacking.has(id)),
    ],
    comment: choice !== null && commentMissing(choice, comment),
  }
}
