import { z } from 'zod'
import type { ProcessDefinition } from '../../../approvals/model/process.ts'
import { localText } from '../../common-schemas.ts'

const field = z
  .object({
    name: z.string(),
    type: z.enum(['text', 'number', 'money', 'date', 'choice']),
    label: localText,
    filledBy: z.enum(['requester', 'approver']),
    required: z.boolean(),
    currency: z.string().optional().describe('ISO 4217, of `money`'),
    options: z
      .array(z.object({ value: z.string(), label: localText }))
      .optional()
      .describe('Of `choice`'),
    person: z.boolean().optional().describe('Whether a `text` is the mail address of a person'),
  })
  .meta({ id: 'ProcessField' })

const answerChoice = z.object({
  result: z.string().describe('What is stored: `YES`, `NO` …'),
  label: localText,
  keywords: z.array(z.string()).describe('The words accepted for it, all languages together'),
  replyWord: localText.describe('The one of them that mails offer'),
})

const question = {
  id: z.string().describe('`Q1`, `Q2` …'),
  text: localText,
  returnField: z.string(),
}

const step = z
  .object({
    name: z.string(),
    title: localText,
    assignee: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('person'), address: z.string() }),
      z.object({ kind: z.literal('group'), name: z.string() }),
      z.object({ kind: z.literal('manager') }),
      z.object({ kind: z.literal('field'), field: z.string() }),
    ]),
    question: z
      .object({
        ...question,
        choices: z.array(answerChoice.extend({ comment: z.enum(['none', 'optional', 'required']) })),
      })
      .describe('The one whose answer decides what follows'),
    furtherQuestions: z.array(
      z.object({ ...question, choices: z.array(answerChoice), requiredFor: z.array(z.string()) }),
    ),
    brackets: z.string(),
    transitions: z
      .record(
        z.string(),
        z.discriminatedUnion('to', [
          z.object({ to: z.literal('action'), step: z.string() }),
          z.object({ to: z.literal('end'), ending: z.string() }),
        ]),
      )
      .describe('What follows each result'),
    requesterMayApprove: z.boolean(),
    delegation: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('none') }),
      z.object({ kind: z.literal('people') }),
      z.object({ kind: z.literal('group'), name: z.string() }),
    ]),
    dueAfterDays: z.int().nullable(),
  })
  .meta({ id: 'ProcessStep' })

/** A definition as it was understood; what it means is in docs/processes.md. */
export const definitionView = z
  .object({
    name: z.string(),
    title: localText,
    description: localText.nullable(),
    requestTitle: localText,
    fields: z.array(field),
    attachments: z.enum(['none', 'optional', 'required']).describe('Whether a request comes with files'),
    steps: z.array(step).describe('The first one opens when the request is made'),
    endings: z.record(z.string(), localText),
  })
  .meta({ id: 'ProcessDefinition' }) satisfies z.ZodType<ProcessDefinition>
