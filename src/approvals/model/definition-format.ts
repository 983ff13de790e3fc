/**
 * The form in which people write a process definition, as YAML or JSON: shorter than `ProcessDefinition` and with
 * fewer ways to err. `docs/processes.md` explains it; the JSON Schema that editors use is generated from here.
 * Relations between its parts are the business of `check-definition`.
 */
import { z } from 'zod'
import { addressFormat, lineFormat, nameFormat, pattern } from './format-parts.ts'
import type { ProblemCode } from './problem.ts'

/** An answer form of more lines is filled in on a page, not in a mail. */
const MAX_QUESTIONS = 10

/** What `z.union` and `refine` say of a value that does not fit. */
const says = (code: ProblemCode) => ({ error: code })

/** A text for everybody, or one per language. */
const textFormat = (maxLength: number) =>
  z.union(
    [
      lineFormat(maxLength),
      z.strictObject({ en: lineFormat(maxLength), fr: lineFormat(maxLength).optional() }),
    ],
    says('text-expected'),
  )

const optionFormat = z.strictObject({
  value: pattern(/^[A-Za-z0-9][A-Za-z0-9_-]{0,29}$/, 'option-pattern'),
  label: textFormat(100),
})

const fieldFormat = z.strictObject({
  name: nameFormat,
  type: z.enum(['text', 'number', 'money', 'date', 'choice']),
  label: textFormat(100),
  filledBy: z
    .enum(['requester', 'approver'])
    .default('requester')
    .describe('The requester in the form, or an approver by an answer (a return field).'),
  required: z.boolean().default(false),
  currency: pattern(/^[A-Z]{3}$/, 'currency-pattern')
    .optional()
    .describe('For money: ISO 4217, such as EUR.'),
  options: z
    .array(optionFormat)
    .max(100)
    .optional()
    .describe('For choice. A return field takes them from its question.'),
  person: z.boolean().optional().describe('For text: the value is the mail address of a person.'),
})

const assigneeFormat = z
  .union(
    [
      z.literal('manager'),
      z.strictObject({ person: addressFormat }),
      z.strictObject({ group: lineFormat(100) }),
      z.strictObject({ field: nameFormat }),
    ],
    says('assignee-expected'),
  )
  .describe('Who decides: the manager of the requester, a person, a group, or the person named in a field.')

const delegationFormat = z
  .union(
    [z.enum(['none', 'people']), z.strictObject({ group: lineFormat(100) })],
    says('delegation-expected'),
  )
  .default('none')
  .describe('Whom the people asked may ask in their place: nobody, anybody, or the members of a group.')

const keywordFormat = z.string().max(60)

const choiceFormat = z.strictObject({
  result: pattern(/^[A-Z][A-Z0-9_]{0,29}$/, 'result-pattern').describe('What is stored: YES, NO, MODIFY …'),
  label: textFormat(100).describe('The button.'),
  keywords: z
    .union(
      [
        z.array(keywordFormat).max(30),
        z.strictObject({ en: z.array(keywordFormat).max(30), fr: z.array(keywordFormat).max(30).optional() }),
      ],
      says('keywords-expected'),
    )
    .describe('The words that count as this choice. The first one of each language is what the mail offers.'),
  comment: z
    .enum(['none', 'optional', 'required'])
    .optional()
    .describe('With the result. Default: optional.'),
  next: nameFormat.optional().describe('The step that follows, or the ending.'),
})

const resultFormat = choiceFormat.shape.result

const questionFormat = z.strictObject({
  text: textFormat(500),
  returnField: nameFormat.describe('The field that receives the result.'),
  choices: z.array(choiceFormat).min(1).max(20),
})

/** One of several: exactly one of them has choices with `next`, and decides. */
const oneOfQuestionsFormat = questionFormat.extend({
  choices: questionFormat.shape.choices
    .optional()
    .describe('For the question that decides (with “next”), and for a return field of type choice.'),
  required: z
    .union([z.boolean(), z.array(resultFormat).min(1).max(20)], says('required-expected'))
    .optional()
    .describe('For the others: true (default), false, or the results of the deciding question that need it.'),
})

/** What pairs by itself, and marks that stand in no amount, date or word. */
const bracketPair = pattern(/^(?:(?!’)[\p{Ps}\p{Pe}\p{Pi}\p{Pf}<>#*|~]){2}$/u, 'brackets-pattern')

const stepShape = z.strictObject({
  name: nameFormat,
  title: textFormat(100),
  assignee: assigneeFormat,
  dueAfterDays: z
    .int()
    .min(1, says('days-out-of-range'))
    .max(366, says('days-out-of-range'))
    .optional()
    .describe('Deadline in calendar days.'),
  requesterMayApprove: z
    .boolean()
    .default(false)
    .describe('Whether the requester may decide when they are the assignee.'),
  delegation: delegationFormat,
  question: questionFormat.optional(),
  questions: z
    .array(oneOfQuestionsFormat)
    .min(1)
    .max(MAX_QUESTIONS)
    .optional()
    .describe('In place of “question”: Q1, Q2 … One of them decides, the others fill return fields.'),
  brackets: bracketPair.default('[]').describe('The two characters around an answer to several questions.'),
})

const stepFormat = stepShape
  .refine(
    ({ question, questions }) => (question === undefined) !== (questions === undefined),
    says('question-or-questions'),
  )
  .meta({ oneOf: [{ required: ['question'] }, { required: ['questions'] }] })

export const definitionFormat = z.strictObject({
  name: nameFormat.describe('Identifies the process; a new import under the same name is its next version.'),
  title: textFormat(100),
  description: textFormat(255).optional(),
  requestTitle: textFormat(200).describe('Title of a request; {{ field }} stands for the value of a field.'),
  fields: z.array(fieldFormat).max(100),
  attachments: z
    .enum(['none', 'optional', 'required'])
    .default('optional')
    .describe('Whether the requester adds files, such as an offer: no, if they like, or at least one.'),
  steps: z.array(stepFormat).min(1).max(50).describe('The first one opens with the request.'),
  endings: z.record(nameFormat, textFormat(100)).describe('How a request can end.'),
})

export type DefinitionFormat = z.infer<typeof definitionFormat>
