import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_PROBLEMS } from './problem.ts'
import { processJsonSchema } from './process-json-schema.ts'
import { questionsOf } from './questions-of.ts'
import { readDefinition } from './read-definition.ts'
import { readPeople } from './read-people.ts'

const examples = new URL('../../../examples/', import.meta.url)
const example = (name: string) => readFileSync(new URL(name, examples), 'utf8')
const company = readPeople(example('people.yaml'))
const directory = {
  people: new Set(company.people?.people.flatMap(({ address, aliases }) => [address, ...aliases])),
  groups: new Set(company.people?.groups.map(({ name }) => name)),
}

test('the people of the samples have no problem', () => {
  expect(company.problems).toEqual([])
})

describe.each(['purchase', 'hire', 'investment'])('sample %s', (name) => {
  const { definition, problems } = readDefinition(example(`processes/${name}.yaml`), directory)

  test('has no problem among the people of the samples', () => {
    expect(problems).toEqual([])
    expect(definition?.name).toBe(name)
  })

  test('is written in both languages throughout', () => {
    const texts: unknown[] = []
    JSON.stringify(definition, (_, value) => {
      if (typeof value === 'object' && value !== null && 'en' in value) texts.push(value)
      return value
    })
    expect(texts.length).toBeGreaterThan(20)
    for (const text of texts) expect(text).toMatchObject({ en: expect.any(String), fr: expect.any(String) })
  })

  test('offers a reply word that is a keyword', () => {
    for (const { choices } of definition?.steps.flatMap(questionsOf) ?? []) {
      for (const { keywords, replyWord } of choices) {
        expect(keywords).toContain(replyWord.en)
        expect(keywords).toContain(replyWord.fr)
      }
    }
  })
})

test('the definition in the manual has no problem', () => {
  const manual = readFileSync(new URL('../../../docs/processes.md', import.meta.url), 'utf8')
  const blocks = [...manual.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map((match) => match[1] ?? '')
  const definition = blocks.find((block) => block.startsWith('name:')) ?? ''
  expect(readDefinition(definition)).toMatchObject({ problems: [], definition: { name: 'room' } })
  const people = blocks.find((block) => block.startsWith('people:')) ?? ''
  // The sample shows one person and names another.
  expect(readPeople(people).problems.map(({ code }) => code)).toEqual(['manager-unknown'])
})

test('what is left out has its default, and texts and options are filled in', () => {
  const { definition } = readDefinition(example('processes/purchase.yaml'))
  expect(definition?.fields.find(({ name }) => name === 'managerDecision')?.options).toEqual([
    { value: 'YES', label: { en: 'Approve', fr: 'Approuver' } },
    { value: 'NO', label: { en: 'Refuse', fr: 'Refuser' } },
    { value: 'MODIFY', label: { en: 'Ask for changes', fr: 'Demander une modification' } },
  ])
  expect(definition?.steps[0]).toMatchObject({
    assignee: { kind: 'manager' },
    requesterMayApprove: false,
    delegation: { kind: 'people' },
    dueAfterDays: 5,
    transitions: { YES: { to: 'action', step: 'finance-approval' }, NO: { to: 'end', ending: 'refused' } },
  })
  expect(definition?.steps[0]?.question.choices[0]).toMatchObject({
    comment: 'optional',
    replyWord: { en: 'Yes', fr: 'Oui' },
  })
})

test('an action is handed to nobody, unless the step says whom', () => {
  const { definition } = readDefinition(example('processes/purchase.yaml'))
  expect(definition?.steps[1]?.delegation).toEqual({ kind: 'none' })
  const hire = readDefinition(example('processes/hire.yaml')).definition
  expect(hire?.steps[0]?.delegation).toEqual({ kind: 'group', name: 'Human Resources' })
})

describe('a step of several questions', () => {
  const investment = example('processes/investment.yaml')
  const manager = readDefinition(investment).definition?.steps[0]

  test('numbers them, and knows the one that decides', () => {
    expect(manager?.question).toMatchObject({ id: 'Q1', returnField: 'decision' })
    expect(manager?.furtherQuestions).toMatchObject([
      { id: 'Q2', returnField: 'granted', requiredFor: ['YES'], choices: [] },
      { id: 'Q3', returnField: 'costCentre', requiredFor: ['YES'] },
      { id: 'Q4', returnField: 'orderBy', requiredFor: [] },
    ])
    expect(Object.keys(manager?.transitions ?? {})).toEqual(['YES', 'NO'])
    expect(manager?.brackets).toBe('[]')
  })

  test('may have the deciding one anywhere; what is not said of the others is required', () => {
    const later = readDefinition(
      `name: a
title: A
requestTitle: A
fields:
  - { name: pieces, type: number, label: Pieces, filledBy: approver }
  - { name: decision, type: choice, label: Decision, filledBy: approver }
steps:
  - name: approval
    title: Approval
    assignee: manager
    brackets: "()"
    questions:
      - { text: How many?, returnField: pieces }
      - text: May it be ordered?
        returnField: decision
        choices:
          - { result: "YES", label: "Yes", keywords: ["Yes"], next: ended }
          - { result: "NO", label: "No", keywords: ["No"], next: ended }
endings: { ended: Ended }
`,
    )
    expect(later.problems).toEqual([])
    const step = later.definition?.steps[0]
    expect(step?.question.id).toBe('Q2')
    expect(step?.furtherQuestions).toMatchObject([{ id: 'Q1', requiredFor: ['YES', 'NO'] }])
    expect(step && questionsOf(step).map(({ id }) => id)).toEqual(['Q1', 'Q2'])
    expect(step?.brackets).toBe('()')
  })

  test('has its problems told where they were written', () => {
    const problems = readDefinition(investment.replace('keywords: { en: [Logistics]', 'keywords: { en: []'))
    expect(problems.problems).toEqual([])
    const shared = readDefinition(investment.replace('returnField: orderBy', 'returnField: granted')).problems
    expect(shared).toMatchObject([
      { code: 'return-field-twice', path: 'steps[0].questions[3].returnField' },
      { code: 'approver-field-unused' },
    ])
    const single = example('processes/purchase.yaml').replace('next: approved', 'next: aproved')
    expect(readDefinition(single).problems[0]).toMatchObject({
      code: 'transition-unknown',
      path: 'steps[1].question.choices[0].next',
    })
  })

  test.each(['[', '[]]', 'ab', '12', '::', '’’', '..', '  '])(
    'is not asked for answers between %j',
    (brackets) => {
      const { problems } = readDefinition(
        investment.replace('    questions:', `    brackets: ${JSON.stringify(brackets)}\n    questions:`),
      )
      expect(problems.map(({ code }) => code)).toEqual(['brackets-pattern'])
    },
  )

  test.each(['##', '()', '{}', '<>', '«»', '**', '||', '「」'])(
    'may be asked for answers between %j',
    (brackets) => {
      const { problems } = readDefinition(
        investment.replace('    questions:', `    brackets: ${JSON.stringify(brackets)}\n    questions:`),
      )
      expect(problems).toEqual([])
    },
  )
})

test('JSON is read as well, and YES and NO are texts even without quotes', () => {
  const yaml = example('processes/purchase.yaml')
  const { definition } = readDefinition(yaml)
  expect(readDefinition(yaml.replaceAll('"YES"', 'YES').replaceAll('"NO"', 'NO')).definition).toEqual(
    definition,
  )
  const json = JSON.stringify(
    { name: 'ask', title: 'Ask', requestTitle: 'Ask', fields: [], steps: [], endings: {} },
    null,
    2,
  )
  expect(readDefinition(json).problems).toMatchObject([{ code: 'empty-list', path: 'steps', line: 6 }])
})

test('a warning stands beside the definition, an error in its place', () => {
  const yaml = example('processes/purchase.yaml')
  const warned = readDefinition(`${yaml}  lost: Lost\n`)
  expect(warned.problems).toMatchObject([{ severity: 'warning', code: 'ending-unused' }])
  expect(warned.definition).not.toBeNull()
  const refused = readDefinition(yaml.replace('next: approved', 'next: aproved'))
  expect(refused.problems).toContainEqual(
    expect.objectContaining({ severity: 'error', code: 'transition-unknown' }),
  )
  expect(refused.definition).toBeNull()
})

test('names that objects are born with are no transitions, endings or options', () => {
  const yaml = example('processes/purchase.yaml').replace('next: approved', 'next: constructor')
  expect(readDefinition(yaml).problems.map(({ code }) => code)).toContain('transition-unknown')
  expect(readDefinition('__proto__: { name: purchase }').problems[0]).toMatchObject({
    code: 'missing',
    path: 'name',
  })
})

test.each([
  ['unclosed brackets', '['.repeat(200_000)],
  ['unclosed maps', '{a: '.repeat(60_000)],
  ['nested lists', '- '.repeat(100_000)],
  ['many keys', Array.from({ length: 25_000 }, (_, index) => `k${index}: 1`).join('\n')],
  ['one key many times', 'k: 1\n'.repeat(40_000)],
  ['many entries', `fields:\n${'- 1\n'.repeat(50_000)}`],
  ['many anchors', '&a '.repeat(60_000)],
  [
    'an alias bomb',
    `a: &a [x]\n${Array.from({ length: 50 }, (_, index) => `b${index}: &b${index} [*a, *a, *a]`).join('\n')}`,
  ],
  ['quotes', '"'.repeat(200_000)],
  ['NUL', '\u0000'.repeat(1_000)],
])('%s are refused, with a bounded number of problems', (_, text) => {
  const { definition, problems } = readDefinition(text)
  expect(definition).toBeNull()
  expect(problems.length).toBeGreaterThan(0)
  expect(problems.length).toBeLessThanOrEqual(MAX_PROBLEMS)
})

test('any edit of a definition is read or refused with problems that have lines', () => {
  const yaml = example('processes/purchase.yaml')
  const edit = fc.record({
    at: fc.nat(yaml.length),
    cut: fc.nat(20),
    insert: fc.string({ unit: 'binary', maxLength: 8 }),
  })
  fc.assert(
    fc.property(edit, ({ at, cut, insert }) => {
      const text = yaml.slice(0, at) + insert + yaml.slice(at + cut)
      const { definition, problems } = readDefinition(text)
      expect(definition === null).toBe(problems.some(({ severity }) => severity === 'error'))
      const lines = text.split('\n').length
      for (const { line } of problems) {
        expect(line).toBeGreaterThanOrEqual(1)
        expect(line).toBeLessThanOrEqual(lines)
      }
    }),
    { numRuns: 200 },
  )
})

test('the JSON Schema has the keys that authors write, with their limits', () => {
  expect(processJsonSchema()).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    required: ['name', 'title', 'requestTitle', 'fields', 'steps', 'endings'],
    additionalProperties: false,
    properties: {
      steps: { minItems: 1, maxItems: 50 },
      fields: { maxItems: 100, items: { required: ['name', 'type', 'label'] } },
    },
  })
})
