import { z } from 'zod'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import type { SessionCaller } from '../../caller.ts'
import { problemResponse } from '../../problem-details.ts'
import { EVENTS, sendEvents } from '../../send-events.ts'
import { watchChanges } from './watch-changes.ts'

/** What keeps the pages of whoever is signed in from asking over and over. */
export function changeRoutes(server: ApiServer, { context }: ApiParts): void {
  const watch = watchChanges(context)
  server.addHook('preClose', async () => watch.close())

  server.get(
    '/api/changes',
    {
      config: { right: 'session' },
      schema: {
        tags: ['session'],
        operationId: 'watchChanges',
        summary: 'Server-sent events: what of the reader’s requests and actions is another',
        description:
          '`changed` has `{"toDo": true, "ownRequests": false, "requests": [42]}`: whether the list of their actions and ' +
          'that of their requests are others, and which requests, actions included, of those that they may see. ' +
          '`ask-again` says that anything may be another: it is the first event of each stream, so that whoever was ' +
          'away misses nothing. `signed-out` is the last one when the session has ended. Nothing else is told.',
        security: [{ session: [] }],
        response: {
          200: { description: 'Events', content: { [EVENTS]: { schema: z.any() } } },
          default: problemResponse,
        },
      },
    },
    async ({ caller }, reply) => {
      const { events, leave } = watch.join(caller as SessionCaller)
      reply.raw.once('close', leave)
      return sendEvents(reply, events)
    },
  )
}
