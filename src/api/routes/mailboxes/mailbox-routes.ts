import { z } from 'zod'
import { translator } from '../../../lib/translate.ts'
import { saveMailbox } from '../../../mailboxes/save-mailbox.ts'
import { mailboxForm } from '../../../mailboxes/settings.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { actorOf } from '../../caller.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { problemResponse } from '../../problem-details.ts'
import { checkMailboxRoute } from './check-mailbox-route.ts'
import { listChangesRoute } from './list-changes-route.ts'
import { loadMailboxView } from './load-mailbox-view.ts'
import { loadMailboxViews } from './load-mailbox-views.ts'
import { mailboxByName, mailboxRight } from './mailbox-by-name.ts'
import { mailboxView } from './mailbox-view.ts'
import { migrateMailboxRoute } from './migrate-mailbox-route.ts'
import { pauseMailboxRoutes } from './pause-mailbox-routes.ts'
import { reattachMailboxRoute } from './reattach-mailbox-route.ts'

const tags = ['mailboxes']

/** The Remote Approval tab: settings of each mailbox, its state, and the doctor. Secrets go in and never out. */
export function mailboxRoutes(server: ApiServer, parts: ApiParts): void {
  const { context } = parts
  server.get(
    '/api/mailboxes',
    {
      config: { right: mailboxRight },
      schema: {
        tags,
        operationId: 'listMailboxes',
        summary: 'Mailboxes with their settings and state',
        response: { 200: z.object({ items: z.array(mailboxView) }), default: problemResponse },
      },
    },
    async ({ headers }) => ({
      items: await loadMailboxViews(context, chooseLocale(headers['accept-language'])),
    }),
  )

  server.get(
    '/api/mailboxes/:name',
    {
      config: { right: mailboxRight },
      schema: {
        tags,
        operationId: 'getMailbox',
        summary: 'One mailbox with its settings and state',
        params: mailboxByName,
        response: { 200: mailboxView, default: problemResponse },
      },
    },
    ({ params, headers }) => loadMailboxView(context, chooseLocale(headers['accept-language']), params.name),
  )

  server.put(
    '/api/mailboxes/:name',
    {
      config: { right: mailboxRight },
      schema: {
        tags,
        operationId: 'saveMailbox',
        summary: 'Create a mailbox or change its settings',
        description:
          'Leave `oauth.clientSecret` or `mailbox.password` out to keep the stored one, which goes to no other host than before. With another type the mailbox is read again from a little before it was last read to its end; what was acted on is known again. With `If-None-Match: *` (RFC 9110) a mailbox is created and none changed: under a name that is taken, `mailbox-exists` is answered.',
        headers: z.looseObject({
          'if-none-match': z.literal('*').optional().describe('Only if there is no mailbox of this name'),
        }),
        params: mailboxByName,
        body: mailboxForm,
        response: {
          200: z.object({ mailbox: mailboxView, notes: z.array(z.string()).describe('What was put right') }),
          default: problemResponse,
        },
      },
    },
    async ({ params, body, headers, caller }) => {
      const mustBeNew = headers['if-none-match'] === '*'
      const { notes } = await saveMailbox(context, params.name, body, { by: actorOf(caller), mustBeNew })
      const locale = chooseLocale(headers['accept-language'])
      const text = translator(locale)
      return {
        mailbox: await loadMailboxView(context, locale, params.name),
        notes: notes.map((note) => text(`errors:note.${note}`)),
      }
    },
  )

  checkMailboxRoute(server, parts)
  reattachMailboxRoute(server, parts)
  pauseMailboxRoutes(server, parts)
  migrateMailboxRoute(server, parts)
  listChangesRoute(server, parts)
}
