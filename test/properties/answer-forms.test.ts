/** The forms that our mails write, read back by the reader: left empty they say nothing, filled in they say just that. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formLabel } from '../../src/approvals/model/form-label.ts'
import type { ProcessDefinition, Step } from '../../src/approvals/model/process.ts'
import { questionsOf } from '../../src/approvals/model/questions-of.ts'
import { readDefinition } from '../../src/approvals/model/read-definition.ts'
import { readerQuestions } from '../../src/inbound/reader-questions.ts'
import { type Locale, translator } from '../../src/lib/translate.ts'
import type { ParsedMessage } from '../../src/mail/message.ts'
import { answerForm } from '../../src/outbound/compose/answer-form.ts'
import { readReply } from '../../src/replies/read-reply.ts'

const file = new URL('../../examples/processes/investment.yaml', import.meta.url)
const investment = readDefinition(readFileSync(file, 'utf8')).definition as ProcessDefinition
const [step] = investment.steps as [Step]
const locales: Locale[] = ['en', 'fr']
const pairs = ['[]', '##', '()', '«»', '<>', '{}']

/** Words that processes have in their labels, and those that could be taken for an answer, a number or a mark. */
const label = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'Yes',
        'Approve',
        'Oui',
        'No',
        'OK',
        'Release',
        'D’accord',
        'Logistics',
        'Q2',
        '2',
        '1.',
        'not',
        'if',
      ),
      fc.constantFrom(
        'Amount',
        'granted',
        'Montant',
        'accordé',
        '(EUR)',
        'Decision:',
        '[x]',
        '=',
        '-',
        'a/b',
        '#',
      ),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map(
    (words) =>
      words
        .join(' ')
        .replace(/[\p{Cc}\u2028\u2029]/gu, '')
        .trim()
        .slice(0, 100) || 'Label',
  )

const drawn = fc.record({
  labels: fc.array(label, { minLength: 4, maxLength: 4 }),
  locale: fc.constantFrom(...locales),
  brackets: fc.constantFrom(...pairs),
})

interface Drawn {
  labels: string[]
  locale: Locale
  brackets: string
}

function read(text: string, { labels, locale, brackets }: Drawn) {
  const definition = labelled(labels)
  const message = {
    ...{ providerId: '', messageId: null, inReplyTo: null, references: [], sender: null, to: [], cc: [] },
    ...{ replyTo: [], subject: 'RE: Investment', date: new Date('2026-11-24T09:31:00Z'), text, html: null },
    ...{ headers: [], attachments: [], deliveryReport: null, itemClass: null },
    from: [{ name: 'Élodie Gagnon', address: 'elodie.gagnon@contoso.example' }],
  } as unknown as ParsedMessage
  return readReply(message, {
    ...{ questions: readerQuestions({ definition, step }), locale, brackets },
    ...{ sentText: null, learnedFooters: [] },
  })
}

/** The sample, whose fields that are answered have other labels. */
function labelled(labels: string[]): ProcessDefinition {
  const names = questionsOf(step).map(({ returnField }) => returnField)
  const fields = investment.fields.map((field) => {
    const label = labels[names.indexOf(field.name)]
    return label === undefined ? field : { ...field, label: { en: label } }
  })
  return { ...investment, fields }
}

function form(answers: Record<string, string>, { labels, locale, brackets }: Drawn) {
  const questions = questionsOf(step).map(({ id }, index) => ({
    ...{ id, text: '', label: formLabel({ id }, labels[index] ?? ''), decides: id === step.question.id },
    ...{ answer: { kind: 'text' as const }, requiredFor: [] },
  }))
  return answerForm({ brackets, questions }, questions, answers, translator(locale)).join('\n')
}

test('an empty form says nothing, whatever its labels are', () => {
  fc.assert(
    fc.property(drawn, (of) => {
      const { answers, invalid } = read(form({}, of), of)
      expect({ answers, invalid }).toEqual({ answers: {}, invalid: [] })
    }),
    { numRuns: 500 },
  )
})

test('a form that is filled in says what stands between its brackets', () => {
  fc.assert(
    fc.property(drawn, (of) => {
      const filled = form({ Q1: 'Yes', Q2: '17500.00', Q3: 'Logistics', Q4: '2027-07-15' }, of)
      const { answers } = read(filled, of)
      expect(answers).toEqual({ Q1: 'YES', Q2: '17500.00', Q3: 'LOGISTICS', Q4: '2027-07-15' })
    }),
    { numRuns: 500 },
  )
})
