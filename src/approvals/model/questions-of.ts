import type { ActionQuestion, FurtherQuestion, Step } from './process.ts'

/** All questions of a step in their order: Q1, Q2 … */
export function questionsOf(step: Step): (ActionQuestion | FurtherQuestion)[] {
  const number = ({ id }: { id: string }) => Number(id.slice(1))
  return [step.question, ...step.furtherQuestions].sort((one, other) => number(one) - number(other))
}
