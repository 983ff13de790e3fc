import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkRequestData } from './check-request-data.ts'
import type { Field, ProcessDefinition } from './process.ts'

const label = { en: 'Label' }
const field = (name: string, rest: Partial<Field>): Field => ({
  name,
  type: 'text',
  label,
  filledBy: 'requester',
  required: false,
  ...rest,
})

const definition: ProcessDefinition = {
  name: 'purchase',
  title: label,
  description: null,
  requestTitle: label,
  steps: [],
  attachments: 'optional',
  endings: {},
  fields: [
    field('item', { required: true }),
    field('pieces', { type: 'number' }),
    field('amount', { type: 'money', currency: 'EUR' }),
    field('yen', { type: 'money', currency: 'JPY' }),
    field('dinars', { type: 'money', currency: 'TND' }),
    field('wanted', { type: 'date' }),
    field('colour', { type: 'choice', options: [{ value: 'red', label }] }),
    field('approver', { person: true }),
    field('decision', { filledBy: 'approver', required: true }),
    field('constructor', {}),
  ],
}

/** What one field makes of a value: the stored value, or the code of its problem. */
function check(name: string, value: unknown): unknown {
  const { data, problems } = checkRequestData(definition, { item: 'Laptops', [name]: value })
  const [problem] = problems
  if (problem !== undefined) {
    expect(problems).toHaveLength(1)
    expect(problem).toMatchObject({
      path: name,
      severity: 'error',
      message: { en: expect.any(String), fr: expect.any(String) },
    })
    return problem.code
  }
  return data[name]
}

test.each<[string, unknown, unknown]>([
  ['item', ' two\r\nlines ', 'two\nlines'],
  ['item', 'tab\tbed', 'tab\tbed'],
  ['item', '   ', 'data-required'],
  ['item', null, 'data-required'],
  ['item', 12, 'data-text'],
  ['item', ['x'], 'data-text'],
  ['item', 'x'.repeat(4_000), 'x'.repeat(4_000)],
  ['item', 'x'.repeat(4_001), 'data-too-long'],
  ['item', 'a\u0000b', 'data-control-character'],
  ['item', 'a\u001b[31m', 'data-control-character'],
  ['item', '\ud83d', 'data-control-character'],
  ['pieces', 12, 12],
  ['pieces', -0.5, -0.5],
  ['pieces', '12', 'data-number'],
  ['pieces', Number.NaN, 'data-number'],
  ['pieces', Number.POSITIVE_INFINITY, 'data-number'],
  ['pieces', 2 ** 53, 'data-number'],
  ['amount', '18460', '18460.00'],
  ['amount', '0018460.5', '18460.50'],
  ['amount', '0', '0.00'],
  ['amount', '-12.34', '-12.34'],
  ['amount', '0.10', '0.10'],
  ['amount', '999999999999999.99', '999999999999999.99'],
  ['amount', '1.005', 'data-money-digits'],
  ['amount', '1,50', 'data-money'],
  ['amount', '1e3', 'data-money'],
  ['amount', '.5', 'data-money'],
  ['amount', '1.', 'data-money'],
  ['amount', '1'.repeat(16), 'data-money'],
  ['amount', 18460, 'data-money'],
  ['amount', '٣', 'data-money'],
  ['yen', '500', '500'],
  ['yen', '500.5', 'data-money-digits'],
  ['dinars', '1.5', '1.500'],
  ['wanted', '2026-07-15', '2026-07-15'],
  ['wanted', '2028-02-29', '2028-02-29'],
  ['wanted', '2026-02-29', 'data-date'],
  ['wanted', '2026-13-01', 'data-date'],
  ['wanted', '15/07/2026', 'data-date'],
  ['wanted', '2026-07-15T00:00:00Z', 'data-date'],
  ['wanted', '0026-07-15', 'data-date'],
  ['wanted', new Date(0), 'data-date'],
  ['colour', 'red', 'red'],
  ['colour', 'Red', 'data-option'],
  ['colour', 'toString', 'data-option'],
  ['approver', ' Elodie.Gagnon@Contoso.example', 'elodie.gagnon@contoso.example'],
  ['approver', 'Élodie Gagnon <elodie@contoso.example>', 'data-person'],
  ['approver', 'elodie@contoso.example\r\nBcc: x@litware.example', 'data-person'],
  ['approver', 'elodie', 'data-person'],
  ['decision', 'YES', 'data-field-of-approver'],
  ['colur', 'red', 'data-unknown-field'],
  ['__proto__x', 'red', 'data-unknown-field'],
])('%s: %j → %j', (name, value, expected) => {
  expect(check(name, value)).toBe(expected)
})

test('fields without a value are not there, whatever objects are born with', () => {
  expect(checkRequestData(definition, { item: 'Laptops' })).toEqual({
    data: { item: 'Laptops' },
    problems: [],
  })
})

test.each([null, undefined, 'text', 12, [], [{ item: 'x' }]])('%j is not a request’s data', (input) => {
  expect(checkRequestData(definition, input).problems.map(({ code }) => code)).toEqual(['data-expected-map'])
})

test('all problems are told at once, and no more than can be read', () => {
  const wrong = { pieces: 'x', amount: 1, wanted: 'x' }
  expect(
    checkRequestData(definition, wrong)
      .problems.map(({ path }) => path)
      .sort(),
  ).toEqual(['amount', 'item', 'pieces', 'wanted'])
  const flood = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`x${index}`, 1]))
  expect(checkRequestData(definition, flood).problems).toHaveLength(100)
})

test('what is accepted once is accepted again, unchanged', () => {
  const values = fc.record(
    {
      item: fc.string({ unit: 'binary', minLength: 1 }),
      amount: fc.tuple(fc.nat(10 ** 9), fc.nat(120)).map(([whole, cents]) => `${whole}.${cents}`),
      wanted: fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
      approver: fc.emailAddress(),
    },
    { requiredKeys: ['item'] },
  )
  fc.assert(
    fc.property(values, (input) => {
      const { data, problems } = checkRequestData(definition, input)
      fc.pre(problems.length === 0)
      expect(checkRequestData(definition, data)).toEqual({ data, problems: [] })
    }),
  )
})
