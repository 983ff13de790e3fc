import type { DefinitionFormat } from './definition-format.ts'
import { error, type Finding, type Path } from './problem.ts'

export type StepFormat = DefinitionFormat['steps'][number]
export type QuestionFormat = NonNullable<StepFormat['questions']>[number]

/** The questions of a step in their order, Q1 first, whether it was written with `question` or with `questions`. */
export function questionsIn({ question, questions }: StepFormat): QuestionFormat[] {
  return questions ?? (question === undefined ? [] : [question])
}

/** Whether this question of the step decides: its answers lead on. A single one decides in any case. */
export function isDeciding(question: QuestionFormat, step: StepFormat): boolean {
  const { length } = questionsIn(step)
  return length === 1 || (question.choices ?? []).some(({ next }) => next !== undefined)
}

/**
 * Whether exactly one question of each step decides, and what is written of the others only, or of it only, stands where
 * it belongs. Looked at before all other rules, for a `ProcessDefinition` can hold nothing else.
 */
export function checkWrittenQuestions({ steps }: DefinitionFormat): Finding[] {
  return steps.flatMap((step, index) => {
    const path = ['steps', index, 'questions']
    const questions = questionsIn(step)
    const deciding = questions.filter((question) => isDeciding(question, step))
    const values = { step: step.name }
    if (deciding.length === 0) return [error(path, 'no-question-decides', values)]
    const second = deciding[1]
    if (second !== undefined) {
      return [error([...path, questions.indexOf(second)], 'two-questions-decide', values)]
    }
    return questions.flatMap((question, at) => {
      const place = [...path, at]
      if (!deciding.includes(question)) return commentsOf(question, place, values)
      if (question.choices === undefined) return [error(place, 'missing', { key: 'choices' })]
      const isRequired = question.required !== undefined
      return isRequired ? [error([...place, 'required'], 'required-of-deciding-question', values)] : []
    })
  })
}

function commentsOf({ choices = [] }: QuestionFormat, place: Path, values: { step: string }): Finding[] {
  return choices.flatMap(({ result, comment }, index) => {
    const path = [...place, 'choices', index, 'comment']
    return comment === undefined ? [] : [error(path, 'comment-of-further-question', { ...values, result })]
  })
}

/** A path of `['steps', 1, 'questions', 0, …]` as the author wrote it, who may have written `question`. */
export function asWritten(finding: Finding, { steps }: DefinitionFormat): Finding {
  const [part, step, questions, , ...rest] = finding.path
  const isSingle =
    part === 'steps' && questions === 'questions' && steps[Number(step)]?.question !== undefined
  return isSingle ? { ...finding, path: ['steps', Number(step), 'question', ...rest] } : finding
}
