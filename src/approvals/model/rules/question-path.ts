import type { Path } from '../problem.ts'
import type { ActionQuestion, FurtherQuestion, ProcessDefinition, Step } from '../process.ts'
import { questionsOf } from '../questions-of.ts'

/** Where a question stands; `written-questions` turns it into what the author of a single question wrote. */
export function questionPath(step: number, { id }: { id: string }): Path {
  return ['steps', step, 'questions', Number(id.slice(1)) - 1]
}

/** Every question of the definition, with its step and its place. */
export function placedQuestions({
  steps,
}: ProcessDefinition): { step: Step; question: ActionQuestion | FurtherQuestion; path: Path }[] {
  return steps.flatMap((step, index) =>
    questionsOf(step).map((question) => ({ step, question, path: questionPath(index, question) })),
  )
}
