import { z } from 'zod'
import { reattachMailbox } from '../../../mailboxes/reattach-mailbox.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { actorOf } from '../../caller.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { timestamp } from '../../common-schemas.ts'
import { problemResponse } from '../../problem-details.ts'
import { loadMailboxView } from './load-mailbox-view.ts'
import { mailboxByName, mailboxRight } from './mailbox-by-name.ts'
import { mailboxView } from './mailbox-view.ts'

/** A restored original takes up its mailbox again. */
export function reattachMailboxRoute(server: ApiServer, { context }: ApiParts): void {
  server.post(
    '/api/mailboxes/:name/reattach',
    {
      config: { right: mailboxRight },
      schema: {
        tags: ['mailboxes'],
        operationId: 'reattachMailbox',
        summary: 'Take a mailbox up again after the database was restored',
        description:
          'For the original alone, never for a copy. The mailbox is read from `since` on, where mail arrives and among what was put aside; what is known is skipped. Mails that waited in the backup are looked for in the mailbox before they go out. May be repeated.',
        params: mailboxByName,
        body: z.strictObject({
          since: z.iso
            .datetime({ offset: true })
            .nullable()
            .default(null)
            .describe('When the backup was taken, or earlier; a day before it was last read, when left out'),
        }),
        response: {
          200: z.object({
            mailbox: mailboxView,
            since: timestamp.describe('From when the mailbox is read; never before `startFrom`'),
            mailsAsked: z.int().describe('Waiting mails that the mailbox is asked for'),
          }),
          default: problemResponse,
        },
      },
    },
    async ({ params: { name }, body, headers, caller }) => {
      const { since, mailsAsked } = await reattachMailbox(context, name, {
        since: body.since === null ? null : new Date(body.since),
        by: actorOf(caller),
      })
      const mailbox = await loadMailboxView(context, chooseLocale(headers['accept-language']), name)
      return { mailbox, since: since.toISOString(), mailsAsked }
    },
  )
}
