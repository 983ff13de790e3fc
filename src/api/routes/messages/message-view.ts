import { z } from 'zod'
import { address, localText, name, personRef, requestId, timestamp } from '../../common-schemas.ts'
import { answersByQuestion } from '../actions/action-view.ts'
import { standing } from './standing.ts'

const failure = z.object({ code: z.string(), message: z.string() })

/** A reply as lists show it. */
export const inboundSummary = z
  .object({
    direction: z.literal('inbound'),
    id: z.uuid(),
    mailbox: z.string(),
    folder: z.enum(['inbox', 'junk', 'processed', 'deleted']),
    from: z.string(),
    subject: z.string(),
    receivedAt: timestamp,
    state: z.enum(['received', 'processed', 'dead']),
    standing: standing.describe('Where it stands, as the mail log is filtered by'),
    outcome: z
      .enum([
        'decided',
        'kept-partly',
        'commented',
        'asked-back',
        'held',
        'rejected',
        'late',
        'automatic',
        'bounce',
        'duplicate',
        'instructed',
      ])
      .nullable()
      .describe('What became of it'),
    error: failure.nullable().describe('What went wrong last'),
    attempts: z.int(),
    nextAttemptAt: timestamp.nullable(),
    settleState: z.enum(['due', 'done', 'failed']),
    requestId: requestId.nullable(),
    actionId: z.uuid().nullable(),
    person: personRef.nullable().describe('Whom the reply token was given to'),
    size: z.int().describe('Octets'),
    sha256: z.string(),
    erasedAt: timestamp
      .nullable()
      .describe('When its octets, subject and reading were erased (`keepMessagesDays`)'),
  })
  .meta({ id: 'InboundMessage' })

/** A message that is in the mailbox and could not be fetched, so that nothing is known of it but that it is there. */
export const unfetchedSummary = z
  .object({
    direction: z.literal('inbound'),
    id: z.uuid(),
    mailbox: z.string(),
    state: z.literal('unfetched'),
    standing: standing.describe('Where it stands, as the mail log is filtered by'),
    providerId: z.string().describe("The provider's id, such as an EWS ItemId"),
    firstFailedAt: timestamp,
    error: failure.describe('What went wrong last'),
    attempts: z.int(),
    nextAttemptAt: timestamp
      .nullable()
      .describe('Null when trying again is of no use: look at it in the mailbox'),
  })
  .meta({ id: 'UnfetchedMessage' })

export const inboundItem = z.union([inboundSummary, unfetchedSummary])

/** A mail of ours as lists show it. */
export const outboundSummary = z
  .object({
    direction: z.literal('outbound'),
    id: z.uuid(),
    mailbox: z.string(),
    kind: z.enum([
      'approval',
      'asked-back',
      'confirm-held',
      'late',
      'confirmation',
      'comment-recorded',
      'request-closed',
      'undelivered',
      'approver-away',
      'action-withdrawn',
      'delegated',
      'status',
    ]),
    to: z.string(),
    createdAt: timestamp,
    state: z.enum(['waiting', 'sending', 'unknown', 'sent', 'dead', 'cancelled', 'undelivered']),
    standing: standing.describe('Where it stands, as the mail log is filtered by'),
    error: failure.nullable().describe('What went wrong last'),
    attempts: z.int(),
    nextAttemptAt: timestamp,
    waitsFor: z
      .enum([
        'sending-budget',
        'next-attempt',
        'mailbox-trouble',
        'mailbox-paused',
        'mailbox-disabled',
        'mailbox-detached',
      ])
      .nullable()
      .describe('Why it has not gone out yet; null when nothing keeps it'),
    expectedAt: timestamp
      .nullable()
      .describe('When it is expected to go out, or to be tried again; null where that depends on somebody'),
    sentAt: timestamp.nullable(),
    messageId: z.string().nullable(),
    requestId: requestId.nullable(),
    actionId: z.uuid().nullable(),
    inReplyTo: z.uuid().nullable().describe('The inbound message it answers'),
  })
  .meta({ id: 'OutboundMessage' })

export const messageItem = z.union([inboundSummary, unfetchedSummary, outboundSummary])

/** Members of a query that choose from the mail log. */
export const messageFilter = {
  direction: z.enum(['inbound', 'outbound']).optional(),
  mailbox: name.optional(),
  request: requestId.optional(),
  person: address
    .optional()
    .describe('From or to whoever has this address; with all of theirs, if they are one of our people'),
  standing: standing.optional(),
}

export const readingKind = z.enum([
  'answers',
  'comment',
  'instruction',
  'unclear',
  'automatic',
  'bounce',
  'empty',
])

const offsets = { from: z.int(), to: z.int() }

const tracedText = {
  text: z.string().describe('The text that was read; offsets point into it'),
  trace: z
    .array(z.object({ region: z.string(), ...offsets, rule: z.string() }))
    .describe('What each stretch of it is, and which rule said so'),
  matched: z
    .array(z.object({ ...offsets, as: z.string(), languages: z.array(z.string()) }))
    .describe('The words that decided, and those that raised a doubt'),
}

export const readingView = z
  .looseObject({
    kind: readingKind,
    answers: z.record(z.string(), z.string()),
    comment: z.string(),
    reason: z.string().nullable(),
    confirm: z.string().nullable(),
    ...tracedText,
    parts: z
      .array(
        z.object({
          part: z.enum(['text', 'html', 'html-with-hidden']),
          kind: readingKind,
          answers: z.record(z.string(), z.string()),
          confirm: z.string().nullable(),
          instruction: z
            .object({ name: z.string(), to: z.string().nullable(), until: z.string().nullable() })
            .nullable(),
          reason: z.string().nullable(),
          ...tracedText,
        }),
      )
      .describe('Every body of the message with what it says, where they do not say the same'),
  })
  .meta({ id: 'ReplyReading' })

const verdictView = z
  .object({
    verdict: z.enum(['accepted', 'held', 'rejected']),
    policy: z.enum(['standard', 'strict']),
    reasons: z.array(z.object({ code: z.string(), message: z.string() })),
    facts: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Verdict' })

const explanation = z
  .string()
  .nullable()
  .describe('Of a message that was given up or came back: what happened, and what to do next')

const requestOfMessage = z.object({
  id: requestId,
  title: z.string(),
  status: z.enum(['open', 'completed', 'cancelled']),
})

const named = z.record(z.string(), z.string())

/** A reading in the reader's language. */
export const readingWords = z
  .object({
    said: z.string().describe('What is read, in a few words'),
    facts: z.array(z.string()).describe('What it holds beside that'),
    parts: z.array(z.string()).describe('What each of `reading.parts` says'),
    regions: named.describe('What the regions of the trace are called'),
    rules: named.describe('What the rules of the trace go by'),
    matched: named.describe('What the matched words were taken for'),
  })
  .meta({ id: 'ReadingWords' })

/** A reply with what was read in it, what was trusted and why, and what followed. */
export const inboundView = inboundSummary
  .extend({
    reading: readingView.nullable(),
    words: readingWords.nullable(),
    verdict: verdictView.nullable(),
    advice: z
      .string()
      .nullable()
      .describe('What to do about a reply that could not be read; null for any other'),
    explanation,
    request: requestOfMessage.nullable(),
    decision: z
      .object({
        ...{ result: z.string(), label: localText, comment: z.string(), by: personRef, at: timestamp },
        enteredBy: personRef.nullable().describe('Who has entered it, where the reply was not understood'),
      })
      .nullable()
      .describe('What it decided'),
    next: z
      .object({ id: z.uuid(), number: z.int(), title: localText, assignees: z.array(personRef) })
      .nullable()
      .describe('The action that its decision opened'),
    byHand: z
      .object({ answers: answersByQuestion, comment: z.string() })
      .nullable()
      .describe('What was understood of a reply whose answer an administrator may enter; null of any other'),
    answeredBy: z.array(outboundSummary).describe('Our mails that answer it'),
    duplicateOf: z.uuid().nullable(),
  })
  .meta({ id: 'InboundMessageDetail' })

export const unfetchedView = unfetchedSummary.extend({ explanation }).meta({ id: 'UnfetchedMessageDetail' })

/** A mail of ours with what it says. */
export const outboundView = outboundSummary
  .extend({
    person: personRef.nullable().describe('Whom it is for'),
    request: requestOfMessage.nullable(),
    text: z
      .string()
      .nullable()
      .describe('Its text part, with reply tokens masked; null before the first attempt and once erased'),
    explanation,
  })
  .meta({ id: 'OutboundMessageDetail' })

export const messageView = z.union([inboundView, unfetchedView, outboundView])
