import { z } from 'zod'
import { findMailbox } from '../../../mailboxes/find-mailbox.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { personRef, timestamp } from '../../common-schemas.ts'
import { pageOf, pageQuery, toPage } from '../../paging.ts'
import { personRefOf } from '../../person-ref.ts'
import { problemResponse } from '../../problem-details.ts'
import { mailboxByName, mailboxRight } from './mailbox-by-name.ts'

const value = z.union([z.string(), z.number(), z.boolean()]).nullable()

/** One change, and who made it. */
export const mailboxChange = z
  .object({
    id: z.uuid(),
    at: timestamp,
    person: personRef.nullable().describe('Null for the operator at the command line'),
    kind: z
      .enum(['created', 'changed', 'moved', 'paused', 'resumed', 'reattached'])
      .describe('`moved`: to Microsoft Graph, by `migrate`'),
    changes: z.array(
      z.object({
        setting: z.string().describe('As `saveMailbox` takes it: `mailbox.host`, `oauth.scope` …'),
        from: value,
        to: value,
        replaced: z
          .boolean()
          .describe('Another was entered, of which no more is kept: a secret, or what is too long'),
      }),
    ),
  })
  .meta({ id: 'MailboxChange' })

/** Who changed what of a mailbox's configuration, and when. */
export function listChangesRoute(server: ApiServer, { context }: ApiParts): void {
  server.get(
    '/api/mailboxes/:name/changes',
    {
      config: { right: mailboxRight },
      schema: {
        tags: ['mailboxes'],
        operationId: 'listMailboxChanges',
        summary: 'Who changed what of a mailbox’s configuration, newest first',
        params: mailboxByName,
        querystring: z.strictObject(pageQuery(z.uuid())),
        response: { 200: pageOf(mailboxChange), default: problemResponse },
      },
    },
    async ({ params, query }) => {
      const { id } = await findMailbox(context.db, params.name)
      let changes = context.db
        .selectFrom('mailboxChange')
        .select(['id', 'at', 'kind', 'changes'])
        .select((from) =>
          from
            .selectFrom('person')
            .select((person) => personRefOf(person).as('person'))
            .whereRef('person.id', '=', 'mailboxChange.actorId')
            .as('person'),
        )
        .where('mailboxId', '=', id)
        .orderBy('id', 'desc')
        .limit(query.limit + 1)
      if (query.after !== undefined) changes = changes.where('id', '<', query.after)
      const { rows, next } = toPage(await changes.execute(), query.limit)
      return { items: rows.map((row) => ({ ...row, at: row.at.toISOString() })), next }
    },
  )
}
