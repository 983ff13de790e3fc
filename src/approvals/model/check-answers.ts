import { checkFieldValue } from './check-field-value.ts'
import type { RequestData } from './check-request-data.ts'
import { error, type Finding, MAX_PROBLEMS, type Problem, toProblem } from './problem.ts'
import type { Field, FurtherQuestion, ProcessDefinition, Step } from './process.ts'

/** What somebody answers to an action. */
export interface GivenAnswers {
  /** Of the question that decides. */
  result: string
  /**
   * Of the others, by question id, as text: a result, `1234.5`, `1250.00`, `2026-07-15`. An empty text is no answer.
   */
  answers: Record<string, string>
}

/**
 * Checks the answers to the further questions of a step. `answers` are those that were given, in one notation, and `data`
 * is what they put into their return fields, in the form in which request data are stored; both to be used only without
 * problems. These are all errors, their paths question ids: `data-required` of an answer that this result needs and that
 * is not there.
 */
export function checkAnswers(
  { fields }: ProcessDefinition,
  step: Step,
  { result, answers: allAnswers }: GivenAnswers,
): { answers: Record<string, string>; data: RequestData; problems: Problem[] } {
  const given = new Map(Object.entries(allAnswers).filter(([, answer]) => answer.trim() !== ''))
  const findings = [...given.keys()]
    .filter((id) => step.furtherQuestions.every((question) => question.id !== id))
    .slice(0, MAX_PROBLEMS)
    .map((id) => error([id.slice(0, 60)], 'data-unknown-question'))
  const answers: Record<string, string> = {}
  const data: RequestData = {}
  for (const question of step.furtherQuestions) {
    const { id, returnField, requiredFor } = question
    const answer = given.get(id)
    if (answer !== undefined) {
      const checked = checkAnswer(question, fieldOf(question, fields), answer)
      if ('code' in checked) findings.push(error([id], checked.code, checked.values))
      else {
        answers[id] = typeof checked.value === 'number' ? answer.trim() : checked.value
        data[returnField] = checked.value
      }
    } else if (requiredFor.includes(result)) findings.push(error([id], 'data-required'))
  }
  return { answers, data, problems: findings.map((finding: Finding) => toProblem(finding)) }
}

function checkAnswer(question: FurtherQuestion, field: Field, answer: string) {
  if (question.choices.length > 0) {
    const options = question.choices.map(({ result, label }) => ({ value: result, label }))
    return checkFieldValue({ ...field, type: 'choice', options }, answer)
  }
  const isDecimal = field.type === 'number' && /^-?\d+(\.\d+)?$/.test(answer)
  return checkFieldValue(field, isDecimal ? Number(answer) : answer)
}

/** The checker has seen to it that there is one. */
export function fieldOf({ id, returnField }: { id: string; returnField: string }, fields: Field[]): Field {
  const field = fields.find(({ name }) => name === returnField)
  if (field === undefined) throw new Error(`question ${id} has no return field ${returnField}`)
  return field
}
