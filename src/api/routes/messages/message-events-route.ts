import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { AppError } from '../../../lib/app-error.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { problemResponse } from '../../problem-details.ts'
import { EVENTS, type ServerEvent, sendEvents } from '../../send-events.ts'
import { listMessages, type MessageFilter } from './list-messages.ts'
import { messageFilter } from './message-view.ts'

/** Soon enough to be called live, and a query of a few milliseconds. */
const LOOK_EVERY_MS = 2_000
/** Proxies cut off what is silent for a minute. */
const BEAT_EVERY_LOOKS = 8
/** Then the reader comes again, with its right looked at anew. */
const LOOKS = 150
/** Somebody who watches costs a query each time; the page looks by itself now and then if it cannot watch. */
const MAX_WATCHERS = 50
/** What is watched: the first page, as the mail log shows it. */
const WATCHED = 50

/**
 * Tells when the first page of the mail log is another. Whoever changed it, on which server: the database is looked at.
 * The id of an event is a digest of that page, so that one who comes again with `Last-Event-ID` misses nothing, and is
 * told nothing where nothing has changed.
 */
export function messageEventsRoute(server: ApiServer, { context }: ApiParts): void {
  let watchers = 0
  const closing = new AbortController()
  server.addHook('preClose', async () => closing.abort())

  server.get(
    '/api/messages/events',
    {
      config: { right: { scope: 'messages:read', role: 'auditor' } },
      schema: {
        tags: ['messages'],
        operationId: 'watchMessages',
        summary: 'Server-sent events: `changed` whenever the first page of the mail log is another',
        description:
          'With the filters of `GET /api/messages`. The first event comes at once, unless `Last-Event-ID` names the page ' +
          'as it is. The stream ends after five minutes, and is to be asked for anew, as browsers do by themselves.',
        querystring: z.strictObject(messageFilter),
        response: {
          200: { description: 'Events', content: { [EVENTS]: { schema: z.any() } } },
          default: problemResponse,
        },
      },
    },
    async ({ query, headers }, reply) => {
      if (watchers >= MAX_WATCHERS) throw new AppError('too-busy')
      watchers += 1
      // The answer may end before its first event is asked for, and then the generator never runs.
      reply.raw.once('close', () => {
        watchers -= 1
      })
      const known = [headers['last-event-id']].flat()[0] ?? ''
      return sendEvents(
        reply,
        changes(() => digestOf(context, query), known, closing.signal),
      )
    },
  )
}

async function* changes(
  look: () => Promise<string>,
  lastEventId: string,
  signal: AbortSignal,
): AsyncGenerator<ServerEvent> {
  let known = lastEventId
  for (let number = 0; number < LOOKS && !signal.aborted; number += 1) {
    const now = await look()
    if (now !== known) yield { event: 'changed', id: now }
    else if (number % BEAT_EVERY_LOOKS === 0) yield { beat: true }
    known = now
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {})
  }
}

/** Of all that changes in a row of the list, but for times that are expected. */
async function digestOf(context: ApiParts['context'], filter: Omit<MessageFilter, 'limit'>): Promise<string> {
  const { items } = await listMessages(context, { ...filter, limit: WATCHED })
  const rows = items.map(({ id, standing, state, attempts, error }) => [id, standing, state, attempts, error])
  return createHash('sha256').update(JSON.stringify(rows)).digest('base64url')
}
