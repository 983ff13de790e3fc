import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkAnswers } from './check-answers.ts'
import type { ProcessDefinition, Step } from './process.ts'
import { readDefinition } from './read-definition.ts'

const file = new URL('../../../examples/processes/investment.yaml', import.meta.url)
const investment = readDefinition(readFileSync(file, 'utf8')).definition as ProcessDefinition
const [manager, finance] = investment.steps as [Step, Step]

const check = (step: Step, result: string, answers: Record<string, string>) => {
  const checked = checkAnswers(investment, step, { result, answers })
  const { data, problems } = checked
  return { data, answers: checked.answers, problems: problems.map(({ path, code }) => `${path} ${code}`) }
}

test('answers are put into their return fields, in the form of stored data', () => {
  expect(check(manager, 'YES', { Q2: '17500', Q3: 'LOGISTICS', Q4: '2026-12-31' })).toEqual({
    data: { granted: '17500.00', costCentre: 'LOGISTICS', orderBy: '2026-12-31' },
    answers: { Q2: '17500.00', Q3: 'LOGISTICS', Q4: '2026-12-31' },
    problems: [],
  })
  expect(check(finance, 'YES', { Q2: '12', Q3: ' Pay by transfer. ' })).toEqual({
    data: { instalments: 12, remark: 'Pay by transfer.' },
    answers: { Q2: '12', Q3: 'Pay by transfer.' },
    problems: [],
  })
  expect(check(finance, 'YES', { Q2: '-1.5' }).data).toEqual({ instalments: -1.5 })
})

test('what a result needs is missed with that result only; an empty text is no answer', () => {
  expect(check(manager, 'YES', { Q3: ' ' }).problems).toEqual(['Q2 data-required', 'Q3 data-required'])
  expect(check(manager, 'NO', {})).toEqual({ data: {}, answers: {}, problems: [] })
})

test.each<[Record<string, string>, string]>([
  [{ Q2: '1,250.00' }, 'Q2 data-money'],
  [{ Q2: '1.005' }, 'Q2 data-money-digits'],
  [{ Q3: 'Logistics' }, 'Q3 data-option'],
  [{ Q4: '2026-02-30' }, 'Q4 data-date'],
  [{ Q1: 'YES' }, 'Q1 data-unknown-question'],
  [{ constructor: 'x' }, 'constructor data-unknown-question'],
])('%j is refused', (answers, problem) => {
  expect(check(manager, 'NO', answers).problems).toEqual([problem])
})

test.each(['1e3', '0x10', '', '1,5', 'Infinity', '9'.repeat(20)])('%j is no number', (answer) => {
  expect(check(finance, 'NO', { Q2: answer }).data).toEqual({})
})
