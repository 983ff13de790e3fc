import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ProcessDefinition, Step } from '../approvals/model/process.ts'
import { readDefinition } from '../approvals/model/read-definition.ts'
import { whatLacks } from '../approvals/model/what-lacks.ts'
import type { AnswerDetail } from '../replies/reading.ts'
import { joinSaid } from './said.ts'

const file = new URL('../../examples/processes/investment.yaml', import.meta.url)
const investment = readDefinition(readFileSync(file, 'utf8')).definition as ProcessDefinition
const [manager, finance] = investment.steps as [Step, Step]

/** A reply with these answers, each with its own comment. */
function reply(
  answers: Record<string, string>,
  more: { comment?: string; invalid?: string[]; slip?: string } = {},
) {
  const { comment = '', invalid = [], slip } = more
  const details = Object.fromEntries(
    Object.entries(answers).map(([id, value]): [string, AnswerDetail] => [
      id,
      { value, comment: '', matchedBy: 'keyword', ...(id === slip && { confirm: 'typo' as const }) },
    ]),
  )
  return { kind: 'answers' as const, answers, details, invalid, comment }
}
const kept = { answers: { Q1: 'YES', Q2: '1000.00' }, comment: 'By rail.' }

test('later answers join what is kept, and replace it', () => {
  expect(joinSaid(manager, kept, reply({ Q2: '2000.00', Q3: 'LOGISTICS' }))).toEqual({
    answers: { Q1: 'YES', Q2: '2000.00', Q3: 'LOGISTICS' },
    comment: 'By rail.',
  })
  expect(joinSaid(manager, null, reply({ Q1: 'NO' }, { comment: 'Too much.' }))).toEqual({
    answers: { Q1: 'NO' },
    comment: 'Too much.',
  })
})

test('another decision begins anew, and so does one that became doubtful', () => {
  expect(joinSaid(manager, kept, reply({ Q1: 'NO' }))).toEqual({ answers: { Q1: 'NO' }, comment: '' })
  expect(joinSaid(manager, kept, reply({ Q3: 'LOGISTICS' }, { invalid: ['Q1'] }))).toEqual({
    answers: { Q3: 'LOGISTICS' },
    comment: '',
  })
  expect(joinSaid(manager, kept, reply({ Q1: 'NO' }, { slip: 'Q1' }))).toEqual({ answers: {}, comment: '' })
})

test('what cannot be taken is open again', () => {
  const { answers } = joinSaid(manager, kept, reply({ Q3: 'LOGISTICS' }, { invalid: ['Q2'], slip: 'Q3' }))
  expect(answers).toEqual({ Q1: 'YES' })
})

test('words beside answers that decide nothing yet are no comment of the decision to come', () => {
  expect(joinSaid(manager, null, reply({ Q2: '1000.00' }, { comment: 'Yes' })).comment).toBe('')
  const comment = { ...reply({}), kind: 'comment' as const, comment: 'By road.' }
  expect(joinSaid(manager, kept, comment).comment).toBe('By rail.\n\nBy road.')
})

test('what lacks follows from the result, and before it from all of them', () => {
  const lack = (step: Step, answers: Record<string, string>, comment = '') =>
    whatLacks(investment, step, { answers, comment })
  expect(lack(manager, {})).toEqual({ questions: ['Q1', 'Q2', 'Q3'], comment: false })
  expect(lack(finance, {})).toEqual({ questions: ['Q1'], comment: false })
  expect(lack(manager, { Q1: 'YES', Q3: 'LOGISTICS' })).toEqual({ questions: ['Q2'], comment: false })
  expect(lack(manager, { Q1: 'NO' })).toEqual({ questions: [], comment: true })
  expect(lack(manager, { Q1: 'NO' }, 'Too much.')).toEqual({ questions: [], comment: false })
  expect(lack(manager, { Q1: 'YES', Q2: 'much', Q3: 'LOGISTICS' }).questions).toEqual(['Q2'])
  expect(lack(manager, { Q1: 'MAYBE' }).questions).toEqual(['Q1', 'Q2', 'Q3'])
})
