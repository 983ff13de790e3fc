import { z } from 'zod'
import { personRef, timestamp } from '../../common-schemas.ts'

/** A line that the mails of a domain end with, as far as their replies show it. */
export const footerView = z
  .object({
    id: z.uuid(),
    domain: z.string().describe("The senders'"),
    line: z.string().describe('As it was written'),
    state: z
      .enum(['learned', 'proposed', 'on', 'off'])
      .describe(
        'Learned by evidence and taken off replies; proposed, because it could be a condition or an answer, and left where it is until it is switched on; switched on or off by an administrator',
      ),
    evidence: z
      .object({
        people: z.int().describe('How many wrote it'),
        mails: z.int().describe('In how many mails, of which one a person and day counts'),
        firstSeen: z.iso.date().nullable().describe('The first day in this time'),
        lastSeen: z.iso.date().nullable(),
      })
      .describe('Of the last 90 days'),
    learnedAt: timestamp,
    exampleMessageId: z.uuid().describe('A reply that holds it: `GET /api/messages/{id}`'),
    switchedAt: timestamp.nullable().describe('When an administrator switched it on or off'),
    switchedBy: personRef.nullable().describe('Null as well for the operator at the command line'),
  })
  .meta({ id: 'Footer' })

export type FooterView = z.output<typeof footerView>
