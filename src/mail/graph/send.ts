import { isAboutOneMessage, MailError } from '../errors.ts'
import type { Sendable, SendOutcome } from '../mailbox.ts'
import { type Outcome, outcomeOf } from '../outcome.ts'
import { callTogether } from './batch.ts'
import type { GraphClient } from './graph-client.ts'
import { objectOf, textOf } from './json.ts'
import type { MailboxPaths } from './paths.ts'
import { withdraw } from './withdraw.ts'

export interface SendParts {
  client: GraphClient
  paths: MailboxPaths
}

interface Draft {
  /** Immutable: the sent message has it too. */
  id: string
  /** What Exchange made of ours; replies refer to this one. */
  messageId: string
}

/**
 * Sends messages as they are: a draft is made from the MIME of each, then the drafts are sent. Unlike `sendMail` this
 * tells the outcome afterwards, for a draft that was not sent is still there (`findSent`). One outcome per message, in
 * order.
 */
export async function send(
  messages: Sendable[],
  parts: SendParts,
  signal: AbortSignal,
): Promise<SendOutcome[]> {
  const made = await makeDrafts(messages, parts, signal)
  const drafts = made.flatMap(({ value }) => value ?? [])
  const requests = drafts.map(({ id }) => ({
    method: 'POST' as const,
    url: `${parts.paths.message(id)}/send`,
  }))
  const sent = await callTogether(parts.client, 'send', requests, signal)
  const errorOf = new Map(drafts.map((draft, index) => [draft, sent[index]?.error ?? null]))

  // The next attempt makes a draft of its own. One that cannot be deleted now is left to `findSent`.
  const refused = drafts.filter((draft) => errorOf.get(draft)?.mayHaveHappened === false)
  const ids = refused.map(({ id }) => id)
  const deleted = await withdraw(ids, parts, signal)
  return messages.map(({ messageId }, index): SendOutcome => {
    const { value: draft, error } = made[index] as Outcome<Draft>
    const failure = draft === null ? error : errorOf.get(draft)
    const kept = draft?.messageId ?? messageId
    if (!failure) return { messageId: kept, outcome: 'sent', providerId: draft?.id ?? null }
    const open = failure.mayHaveHappened || (draft !== null && !deleted)
    return { messageId: kept, outcome: open ? 'unknown' : 'failed', error: failure }
  })
}

/** Drafts at a time: as many as there are connections. */
const atOnce = 2

/** One by one: whether a batch takes a body of MIME is documented nowhere. A failure of the mailbox ends it. */
async function makeDrafts(
  messages: Sendable[],
  parts: SendParts,
  signal: AbortSignal,
): Promise<Outcome<Draft>[]> {
  const made: Outcome<Draft>[] = []
  while (made.length < messages.length) {
    const stoppedBy = made.find(({ error }) => error !== null && !isAboutOneMessage(error))?.error
    const next = messages.slice(made.length, made.length + atOnce)
    made.push(
      ...(await Promise.all(
        next.map((message) =>
          stoppedBy
            ? { value: null, error: notTried(stoppedBy) }
            : outcomeOf(makeDraft(message, parts, signal)),
        ),
      )),
    )
  }
  return made
}

async function makeDraft(
  { mime, messageId }: Sendable,
  { client, paths }: SendParts,
  signal: AbortSignal,
): Promise<Draft> {
  const body = { type: 'text/plain' as const, content: Buffer.from(mime).toString('base64') }
  const request = { name: 'create draft', method: 'POST' as const, url: paths.messages, body }
  const answer = objectOf(await client.call(request, signal))
  const id = textOf(answer.id)
  if (id === '') throw withoutId()
  return { id, messageId: textOf(answer.internetMessageId) || messageId }
}

/** The same failure for a message that was not tried: of it nothing has happened. */
function notTried(error: MailError): MailError {
  const { kind, retry, providerCode, messageValues, retryAfterMs, messageKey } = error
  return new MailError(error.message, {
    kind,
    retry,
    providerCode,
    messageValues,
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
    ...(messageKey === null ? {} : { messageKey }),
    cause: error,
  })
}

function withoutId(): MailError {
  return new MailError('Graph made a draft without an id', {
    kind: 'protocol',
    retry: 'later',
    providerCode: 'no-draft-id',
    mayHaveHappened: true,
  })
}
