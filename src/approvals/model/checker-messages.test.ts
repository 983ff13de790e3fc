import { expect, test } from 'vitest'
import catalogue from '../../lib/locales/en/process-checker.json' with { type: 'json' }
import { checkAnswers } from './check-answers.ts'
import { checkRequestData } from './check-request-data.ts'
import type { Problem, ProblemCode } from './problem.ts'
import { readDefinition } from './read-definition.ts'
import { readPeople } from './read-people.ts'

const sound = `name: purchase
title: Purchase
requestTitle: "Purchase of {{ item }}"
fields:
  - { name: item, type: text, label: Item, required: true }
  - { name: amount, type: money, currency: EUR, label: Amount }
  - { name: approver, type: text, person: true, required: true, label: Approver }
  - { name: wanted, type: date, label: Wanted for }
  - { name: pieces, type: number, label: Pieces }
  - { name: colour, type: choice, label: Colour, options: [{ value: red, label: Red }, { value: blue, label: Blue }] }
  - { name: decision, type: choice, filledBy: approver, label: Decision }
  - { name: release, type: choice, filledBy: approver, label: Release }
steps:
  - name: approval
    title: Approval
    assignee: { field: approver }
    dueAfterDays: 5
    question:
      text: Do you approve?
      returnField: decision
      choices:
        - { result: "YES", label: Approve, keywords: ["Yes", Oui], next: finance }
        - { result: "NO", label: Refuse, keywords: ["No", Non], next: refused, comment: required }
  - name: finance
    title: Finance
    assignee: { group: Finance }
    question:
      text: { en: May it be ordered?, fr: La commande peut-elle partir ? }
      returnField: release
      choices:
        - { result: "YES", label: Release, keywords: { en: [Release], fr: [Accord] }, next: approved }
        - { result: MODIFY, label: Back, keywords: [Back], next: approval }
endings:
  approved: Approved
  refused: Refused
`

const several = `name: budget
title: Budget
requestTitle: Budget
fields:
  - { name: decision, type: choice, filledBy: approver, label: Decision }
  - { name: granted, type: money, currency: EUR, filledBy: approver, label: Amount granted }
  - { name: centre, type: choice, filledBy: approver, label: Cost centre }
steps:
  - name: approval
    title: Approval
    assignee: manager
    brackets: "##"
    questions:
      - text: Do you approve?
        returnField: decision
        choices:
          - { result: "YES", label: Approve, keywords: ["Yes"], next: approved }
          - { result: "NO", label: Refuse, keywords: ["No"], next: refused }
      - text: How much is granted?
        returnField: granted
        required: ["YES"]
      - text: For which cost centre?
        returnField: centre
        required: false
        choices:
          - { result: ONE, label: One, keywords: [One] }
          - { result: TWO, label: Two, keywords: [Two] }
endings:
  approved: Approved
  refused: Refused
`

const people = `people:
  - { address: nadia.belkacem@contoso.example, name: Nadia Belkacem, manager: elodie.gagnon@contoso.example }
  - { address: elodie.gagnon@contoso.example, name: Élodie Gagnon, locale: fr }
groups:
  - { name: Finance, members: [elodie.gagnon@contoso.example] }
`

const directory = { people: new Set(['elodie.gagnon@contoso.example']), groups: new Set(['Finance']) }
const data = { item: '12 laptops', approver: 'elodie.gagnon@contoso.example' }

function edited(text: string, edits: [from: string, to: string][]): string {
  return edits.reduce((result, [from, to]) => {
    expect(result).toContain(from)
    return result.replace(from, () => to)
  }, text)
}

const ofDefinition = (...edits: [string, string][]) =>
  readDefinition(edited(sound, edits), directory).problems
const ofSeveral = (...edits: [string, string][]) => readDefinition(edited(several, edits)).problems
const ofAnswers = (answers: Record<string, string>) => {
  const { definition } = readDefinition(several)
  const step = definition?.steps[0]
  if (!definition || !step) throw new Error('the definition of several questions is not sound')
  return checkAnswers(definition, step, { result: 'YES', answers }).problems
}
const ofText = (text: string) => readDefinition(text).problems
const ofPeople = (...edits: [string, string][]) => readPeople(edited(people, edits)).problems
const ofData = (values: unknown) => {
  const { definition } = readDefinition(sound)
  if (definition === null) throw new Error('the sound definition is not sound')
  return checkRequestData(definition, values).problems
}
/** Each keyword of the first choice in turn. */
const ofKeyword = (keyword: string) => ofDefinition(['"Yes", Oui', JSON.stringify(keyword)])

/** For each code the input that brings it about. */
const cases: Record<ProblemCode, () => Problem[]> = {
  'file-too-large': () => ofText(`${sound}#${' '.repeat(256 * 1024)}`),
  'yaml-syntax': () => ofDefinition(['title: Purchase', 'title: Purchase: new']),
  'yaml-tab': () => ofDefinition(['    title: Finance', '\t title: Finance']),
  'yaml-two-documents': () => ofText(`${sound}---\nname: other\n`),
  'yaml-too-deep': () => ofText(`name: ${'['.repeat(20_000)}`),
  'yaml-tag': () => ofDefinition(['label: Item', 'label: !item Item']),
  'yaml-key-twice': () => ofDefinition(['  refused: Refused', '  approved: Refused']),
  'yaml-alias': () =>
    ofDefinition(['title: Purchase', 'title: &title Purchase'], ['label: Item', 'label: *title']),
  missing: () => ofDefinition(['    title: Finance\n', '']),
  'unknown-key': () => ofDefinition(['dueAfterDays', 'dueAfterDay']),
  'expected-text': () => ofDefinition(['name: purchase', 'name: 42']),
  'expected-number': () => ofDefinition(['dueAfterDays: 5', 'dueAfterDays: "5"']),
  'expected-yes-or-no': () => ofDefinition(['required: true', 'required: "yes"']),
  'expected-list': () =>
    ofPeople(['members: [elodie.gagnon@contoso.example]', 'members: elodie.gagnon@contoso.example']),
  'expected-map': () => ofText('purchase'),
  'empty-text': () => ofPeople(['name: Finance', 'name: ""']),
  'empty-list': () => ofText(sound.replace(/steps:[\s\S]*(?=endings:)/, 'steps: []\n')),
  'too-long': () => ofPeople(['name: Finance', `name: ${'F'.repeat(101)}`]),
  'too-many': () =>
    ofDefinition(['[Release]', `[${Array.from({ length: 30 }, (_, index) => `ok${index}`).join()}]`]),
  'not-one-of': () => ofDefinition(['type: date', 'type: day']),
  'days-out-of-range': () => ofDefinition(['dueAfterDays: 5', 'dueAfterDays: 0']),
  'control-character': () => ofPeople(['name: Finance', 'name: "Fin\\r\\nBcc: mallory@litware.example"']),
  'name-pattern': () => ofDefinition(['approved: Approved', '"bien approuvé": Approved']),
  'result-pattern': () => ofDefinition(['result: MODIFY', 'result: Modify']),
  'option-pattern': () => ofDefinition(['value: red', 'value: dark red']),
  'currency-pattern': () => ofDefinition(['currency: EUR', 'currency: €']),
  'address-invalid': () =>
    ofPeople(['address: nadia.belkacem@contoso.example', 'address: Nadia Belkacem <nadia>']),
  'text-expected': () => ofDefinition(['text: { en: May', 'text: { de: May']),
  'keywords-expected': () => ofDefinition(['["Yes", Oui]', '[true, Oui]']),
  'delegation-expected': () =>
    ofDefinition(['{ group: Finance }', '{ group: Finance }\n    delegation: Heads']),
  'assignee-expected': () => ofDefinition(['{ group: Finance }', 'Finance']),
  'question-or-questions': () => ofDefinition(['    question:\n', '    questions: []\n    question:\n']),
  'required-expected': () => ofSeveral(['required: false', 'required: sometimes']),
  'brackets-pattern': () => ofSeveral(['brackets: "##"', 'brackets: "12"']),
  'no-question-decides': () => ofSeveral([', next: approved', ''], [', next: refused', '']),
  'two-questions-decide': () => ofSeveral(['keywords: [One]', 'keywords: [One], next: approved']),
  'required-of-deciding-question': () =>
    ofSeveral(['returnField: decision', 'returnField: decision\n        required: true']),
  'comment-of-further-question': () => ofSeveral(['keywords: [One]', 'keywords: [One], comment: required']),
  'field-twice': () => ofDefinition(['name: pieces', 'name: wanted']),
  'step-twice': () => ofDefinition(['name: finance', 'name: approval']),
  'step-named-as-ending': () =>
    ofDefinition(['  refused: Refused', '  refused: Refused\n  finance: Finance']),
  'choice-without-options': () =>
    ofDefinition([', options: [{ value: red, label: Red }, { value: blue, label: Blue }]', '']),
  'options-without-choice': () => ofDefinition(['type: choice, label: Colour', 'type: text, label: Colour']),
  'option-twice': () => ofDefinition(['value: blue', 'value: red']),
  'money-without-currency': () => ofDefinition([' currency: EUR,', '']),
  'currency-without-money': () => ofDefinition(['type: money', 'type: number']),
  'currency-unknown': () => ofDefinition(['currency: EUR', 'currency: EUX']),
  'person-without-text': () => ofDefinition(['type: date', 'type: date, person: true']),
  'title-malformed': () => ofDefinition(['{{ item }}', '{{ item }']),
  'title-field-unknown': () => ofDefinition(['{{ item }}', '{{ items }}']),
  'title-field-of-approver': () => ofDefinition(['{{ item }}', '{{ decision }}']),
  'assignee-person-unknown': () =>
    ofDefinition(['{ group: Finance }', '{ person: thomas.berger@contoso.example }']),
  'delegation-group-unknown': () =>
    ofDefinition(['{ group: Finance }', '{ group: Finance }\n    delegation: { group: Heads }']),
  'assignee-group-unknown': () => ofDefinition(['{ group: Finance }', '{ group: finance }']),
  'assignee-field-unknown': () => ofDefinition(['{ field: approver }', '{ field: aprover }']),
  'assignee-field-of-approver': () => ofDefinition(['{ field: approver }', '{ field: release }']),
  'assignee-field-no-person': () => ofDefinition([' person: true,', '']),
  'assignee-field-not-required': () => ofDefinition(['person: true, required: true', 'person: true']),
  'keywords-none': () => ofDefinition(['["Yes", Oui]', '[]']),
  'keyword-empty': () => ofKeyword('&nbsp;…'),
  'keyword-number': () => ofKeyword('1.'),
  'keyword-question-label': () => ofKeyword('Q1: yes'),
  'keyword-instruction': () => ofKeyword('Déléguer'),
  'keyword-twice': () => ofDefinition(['"No", Non', 'OUI&nbsp;!']),
  'result-twice': () => ofDefinition(['result: "NO"', 'result: "YES"']),
  'result-without-transition': () => ofDefinition([', next: refused', '']),
  'transition-unknown': () => ofDefinition(['next: refused', 'next: refuse']),
  'step-unreachable': () => ofDefinition(['next: finance', 'next: approved']),
  'step-without-way-out': () =>
    ofDefinition(['next: approved', 'next: finance'], ['next: approval', 'next: finance']),
  'ending-unused': () => ofDefinition(['next: refused', 'next: approved']),
  'return-field-unknown': () => ofDefinition(['returnField: release', 'returnField: releases']),
  'return-field-of-requester': () => ofDefinition(['returnField: release', 'returnField: item']),
  'return-field-type': () => ofDefinition(['name: release, type: choice', 'name: release, type: date']),
  'return-field-option-missing': () =>
    ofDefinition(['label: Release }', 'label: Release, options: [{ value: "YES", label: Release }] }']),
  'return-field-shared': () => ofDefinition(['returnField: release', 'returnField: decision']),
  'return-field-twice': () => ofSeveral(['returnField: granted', 'returnField: decision']),
  'choice-question-without-choices': () =>
    ofSeveral(
      ['returnField: granted', 'returnField: decision'],
      ['returnField: decision', 'returnField: centre'],
    ),
  'required-result-unknown': () => ofSeveral(['required: ["YES"]', 'required: [MAYBE]']),
  'approver-field-unused': () => ofDefinition(['returnField: release', 'returnField: decision']),
  'address-twice': () => ofPeople(['locale: fr', 'locale: fr, aliases: [Nadia.Belkacem@CONTOSO.example]']),
  'manager-unknown': () => ofPeople(['manager: elodie', 'manager: helene']),
  'manager-cycle': () => ofPeople(['locale: fr', 'manager: nadia.belkacem@contoso.example']),
  'group-twice': () =>
    ofPeople(['groups:\n', 'groups:\n  - { name: Finance, members: [nadia.belkacem@contoso.example] }\n']),
  'member-unknown': () => ofPeople(['[elodie.', '[thomas.']),
  'group-empty': () => ofPeople(['[elodie.gagnon@contoso.example]', '[]']),
  'data-expected-map': () => ofData([]),
  'data-unknown-field': () => ofData({ ...data, quantity: 12 }),
  'data-field-of-approver': () => ofData({ ...data, decision: 'YES' }),
  'data-unknown-question': () => ofAnswers({ Q4: 'x' }),
  'data-required': () => ofData({ approver: data.approver }),
  'data-text': () => ofData({ ...data, item: 12 }),
  'data-too-long': () => ofData({ ...data, item: 'x'.repeat(4_001) }),
  'data-control-character': () => ofData({ ...data, item: 'laptops\u0000' }),
  'data-number': () => ofData({ ...data, pieces: '12' }),
  'data-money': () => ofData({ ...data, amount: 18460 }),
  'data-money-digits': () => ofData({ ...data, amount: '18460.005' }),
  'data-date': () => ofData({ ...data, wanted: '2026-02-30' }),
  'data-option': () => ofData({ ...data, colour: 'green' }),
  'data-person': () => ofData({ ...data, approver: 'Élodie' }),
}

const codes = Object.keys(catalogue) as ProblemCode[]

test('the inputs that the cases are made of are sound', () => {
  expect(ofDefinition()).toEqual([])
  expect(ofSeveral()).toEqual([])
  expect(ofPeople()).toEqual([])
  expect(ofData(data)).toEqual([])
})

test('every text of the catalogue is some case’s', () => {
  expect(Object.keys(cases).sort()).toEqual([...codes].sort())
})

test.each(codes)('%s is found, and its neighbours with it are few', (code) => {
  const found = cases[code]().map((problem) => problem.code)
  expect(found).toContain(code)
  // A message that teaches is not buried under its consequences.
  expect(found.length).toBeLessThanOrEqual(5)
})

test('all messages read as in checker-messages.md', async () => {
  const sections = codes.map((code) => {
    const problem = cases[code]().find((candidate) => candidate.code === code)
    const place = [problem?.path, problem?.line === undefined ? '' : `line ${problem.line}`]
      .filter(Boolean)
      .join(', ')
    return `## ${code} (${problem?.severity}${place && `: ${place}`})\n\n${problem?.message.en}\n\n${problem?.message.fr}\n`
  })
  await expect(`# Messages of the checkers\n\n${sections.join('\n')}`).toMatchFileSnapshot(
    'checker-messages.md',
  )
})
