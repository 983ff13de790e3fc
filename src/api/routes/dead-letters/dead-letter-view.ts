import { z } from 'zod'
import { requestId, timestamp } from '../../common-schemas.ts'

/** A message that was given up: work on it goes on only when somebody says so. */
export const deadLetter = z
  .object({
    id: z.uuid().describe('Also leads to the message: `GET /api/messages/{id}`'),
    kind: z
      .enum(['not-fetched', 'not-processed', 'not-sent', 'outcome-unknown', 'undelivered'])
      .describe('The first two are inbound, the others outbound'),
    mailbox: z.string(),
    at: timestamp.describe('When it was received, first failed to be fetched, or was written'),
    about: z
      .string()
      .describe('Recipient and kind of a mail of ours, sender and subject of another, if known'),
    requestId: requestId.nullable(),
    attempts: z.int(),
    code: z.string().describe("Ours or the provider's"),
    detail: z.string().describe("What went wrong, in the software's words"),
    explanation: z.string().describe('What happened and what to do next'),
  })
  .meta({ id: 'DeadLetter' })

export type DeadLetter = z.output<typeof deadLetter>
