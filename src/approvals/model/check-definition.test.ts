import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkDefinition } from './check-definition.ts'
import { hasErrors } from './problem.ts'
import type { ProcessDefinition, Step, Transition } from './process.ts'
import { readDefinition } from './read-definition.ts'
import { afterDecision, firstStep } from './state-machine.ts'

const file = new URL('../../../examples/processes/purchase.yaml', import.meta.url)
const sample = readDefinition(readFileSync(file, 'utf8')).definition as ProcessDefinition
const codes = (definition: ProcessDefinition) => checkDefinition(definition).map(({ code }) => code)

function withKeywords(yes: string[], no: string[]): ProcessDefinition {
  const step = sample.steps[0] as Step
  const [approve, refuse, modify] = step.question.choices
  if (!approve || !refuse || !modify) throw new Error('the sample has three choices')
  const choices = [
    { ...approve, keywords: yes },
    { ...refuse, keywords: no },
    { ...modify, keywords: ['Something else'] },
  ]
  return {
    ...sample,
    steps: [{ ...step, question: { ...step.question, choices } }, ...sample.steps.slice(1)],
  }
}

test.each([
  ['Yes', 'YES'],
  ['Modify the request', 'modify\u00a0the&nbsp;request'],
  ['Approuvé', 'approuve'],
  ['Oui', 'Ｏｕｉ !'],
  ["D'accord", 'D’ACCORD.'],
  ['👍', '👍🏿'],
])('%j and %j are one keyword', (one, other) => {
  expect(codes(withKeywords([one], [other]))).toContain('keyword-twice')
  expect(codes(withKeywords([one, other], ['No']))).toEqual([])
})

test.each([
  'Help',
  'aide !',
  'STATUT',
  'Comment: yes',
  'commentaire',
  'Stop',
  'déléguer',
  'Delegate to Nadia',
])('%j is an instruction', (keyword) => {
  expect(codes(withKeywords([keyword], ['No']))).toEqual(['keyword-instruction'])
})

test.each(['Stop the project', 'Complete', 'Q', 'Quite so', '+1', '👍', 'Helpful', 'Comments welcome'])(
  '%j is a keyword like any other',
  (keyword) => {
    expect(codes(withKeywords([keyword], ['No']))).toEqual([])
  },
)

test.each(['1', '1.', '12 000', '1/2'])('%j is a number', (keyword) => {
  expect(codes(withKeywords([keyword], ['No']))).toEqual(['keyword-number'])
})

test('a keyword of which nothing is left is told as such only', () => {
  expect(codes(withKeywords(['?'], ['…']))).toEqual(['keyword-empty', 'keyword-empty'])
})

test('a step whose way out is misspelt is told of the misspelling only', () => {
  const definition = definitionOf([
    [
      { to: 'action', step: 'aproved' },
      { to: 'action', step: 's0' },
      { to: 'action', step: 's0' },
    ],
  ])
  expect(codes(definition)).toContain('transition-unknown')
  expect(codes(definition)).not.toContain('step-without-way-out')
})

test('a loop is fine as long as some answer leads out of it', () => {
  expect(sample.steps[1]?.transitions.MODIFY).toEqual({ to: 'action', step: 'manager-approval' })
  expect(codes(sample)).toEqual([])
})

/** Definitions whose only freedom is where answers lead: up to six steps, to any step, an ending, or nowhere known. */
const graph = fc.integer({ min: 1, max: 6 }).chain((size) => {
  const target: fc.Arbitrary<Transition> = fc.oneof(
    fc.nat(size - 1).map((step) => ({ to: 'action' as const, step: `s${step}` })),
    fc.constantFrom<Transition>({ to: 'end', ending: 'approved' }, { to: 'action', step: 'nowhere' }),
  )
  return fc.array(fc.array(target, { minLength: 3, maxLength: 3 }), { minLength: size, maxLength: size })
})

function definitionOf(targets: Transition[][]): ProcessDefinition {
  const template = sample.steps[0] as Step
  const results = template.question.choices.map(({ result }) => result)
  const steps = targets.map((of, index) => ({
    ...template,
    name: `s${index}`,
    transitions: Object.fromEntries(results.map((result, choice) => [result, of[choice] as Transition])),
  }))
  return { ...sample, steps }
}

test('a definition without errors strands no request: from every step that opens, answers lead to an ending', () => {
  let sound = 0
  fc.assert(
    fc.property(graph, (targets) => {
      const definition = definitionOf(targets)
      if (hasErrors(checkDefinition(definition))) return
      sound++
      const opened = new Set<string>()
      const canEnd = (step: Step, path: string[]): boolean =>
        step.question.choices.some(({ result }) => {
          const next = afterDecision(step, result)
          if (next.to === 'end') return true
          const following = definition.steps.find(({ name }) => name === next.step)
          if (!following) throw new Error(`leads to ${next.step}`)
          return !path.includes(next.step) && canEnd(following, [...path, next.step])
        })
      const open = (step: Step) => {
        if (opened.has(step.name)) return
        opened.add(step.name)
        expect(canEnd(step, [step.name])).toBe(true)
        for (const { result } of step.question.choices) {
          const next = afterDecision(step, result)
          const following = definition.steps.find(({ name }) => next.to === 'action' && name === next.step)
          if (following) open(following)
        }
      }
      open(firstStep(definition))
      expect([...opened].sort()).toEqual(definition.steps.map(({ name }) => name).sort())
    }),
    { numRuns: 2_000 },
  )
  expect(sound).toBeGreaterThan(50)
})

test('a definition that is refused for its graph has a step that is lost, endless, or leads nowhere', () => {
  const graphCodes = [
    'step-unreachable',
    'step-without-way-out',
    'transition-unknown',
    'ending-unused',
    'return-field-shared',
    'approver-field-unused',
  ]
  fc.assert(
    fc.property(graph, (targets) => {
      for (const code of codes(definitionOf(targets))) expect(graphCodes).toContain(code)
    }),
  )
})
