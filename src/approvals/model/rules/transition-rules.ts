import { error, type Finding, warning } from '../problem.ts'
import type { ProcessDefinition, Step } from '../process.ts'
import { placedQuestions, questionPath } from './question-path.ts'
import { repeated } from './repeated.ts'

export function resultsUnique(definition: ProcessDefinition): Finding[] {
  return placedQuestions(definition).flatMap(({ step, question, path }) =>
    repeated(question.choices.map(({ result }) => result)).map(({ value, index }) =>
      error([...path, 'choices', index, 'result'], 'result-twice', { result: value, step: step.name }),
    ),
  )
}

export function transitionsComplete({ steps }: ProcessDefinition): Finding[] {
  return steps.flatMap(({ name, question, transitions }, step) =>
    question.choices.flatMap(({ result }, choice) => {
      const path = [...questionPath(step, question), 'choices', choice, 'next']
      return Object.hasOwn(transitions, result)
        ? []
        : [error(path, 'result-without-transition', { result, step: name })]
    }),
  )
}

export function transitionsKnown({ steps, endings }: ProcessDefinition): Finding[] {
  const names = new Set(steps.map(({ name }) => name))
  const known = [...names, ...Object.keys(endings)].join(', ')
  return steps.flatMap(({ question, transitions }, step) =>
    question.choices.flatMap(({ result }, choice) => {
      const transition = transitions[result]
      if (transition?.to !== 'action' || names.has(transition.step)) return []
      return [
        error([...questionPath(step, question), 'choices', choice, 'next'], 'transition-unknown', {
          result,
          target: transition.step,
          known,
        }),
      ]
    }),
  )
}

/** A step that nothing leads to would be an approval that everybody believes in and nobody gives. */
export function stepsReachable({ steps }: ProcessDefinition): Finding[] {
  const reached = new Set(steps.slice(0, 1).map(({ name }) => name))
  // A set is iterated in the order of insertion, so steps added below are visited as well.
  for (const name of reached) {
    for (const next of nextSteps(steps.find((step) => step.name === name))) reached.add(next)
  }
  return steps.flatMap(({ name }, index) =>
    reached.has(name) ? [] : [error(['steps', index, 'name'], 'step-unreachable', { step: name })],
  )
}

/** From every step some answers must lead to an ending, or its requests would go round for ever. */
export function stepsHaveWayOut({ steps }: ProcessDefinition): Finding[] {
  const names = new Set(steps.map(({ name }) => name))
  const leadsOut = new Set<string>()
  const hasWayOut = (step: Step) =>
    Object.values(step.transitions).some(
      (next) => next.to === 'end' || leadsOut.has(next.step) || !names.has(next.step),
    )
  for (let grown = true; grown; ) {
    const found = steps.filter((step) => !leadsOut.has(step.name) && hasWayOut(step))
    for (const { name } of found) leadsOut.add(name)
    grown = found.length > 0
  }
  return steps.flatMap((step, index) =>
    // Without any transition there is nothing to go round: `transitionsComplete` has said it.
    leadsOut.has(step.name) || Object.keys(step.transitions).length === 0
      ? []
      : [
          error([...questionPath(index, step.question), 'choices'], 'step-without-way-out', {
            step: step.name,
          }),
        ],
  )
}

export function endingsUsed({ steps, endings }: ProcessDefinition): Finding[] {
  const used = new Set(
    steps.flatMap(({ transitions }) =>
      Object.values(transitions).flatMap((next) => (next.to === 'end' ? [next.ending] : [])),
    ),
  )
  return Object.keys(endings)
    .filter((ending) => !used.has(ending))
    .map((ending) => warning(['endings', ending], 'ending-unused', { ending }))
}

function nextSteps(step: Step | undefined): string[] {
  return Object.values(step?.transitions ?? {}).flatMap((next) => (next.to === 'action' ? [next.step] : []))
}
