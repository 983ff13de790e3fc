import { z } from 'zod'
import { AppError } from '../../../lib/app-error.ts'
import { translator } from '../../../lib/translate.ts'
import { MailError } from '../../../mail/errors.ts'
import { describeMailError } from '../../../mailboxes/describe-mail-error.ts'
import { saveMailbox } from '../../../mailboxes/save-mailbox.ts'
import { mailboxForm } from '../../../mailboxes/settings.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { problemResponse } from '../../problem-details.ts'
import { checkView, mailboxView, toCheckView, toMailboxView } from './mailbox-view.ts'

const tags = ['mailboxes']
const right = { scope: 'mailboxes:write', role: 'administrator' } as const
const byName = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,29}$/)
    .describe('Lower-case letters, digits and hyphens'),
})
/** Far above the number of mailboxes of any organisation. */
const MOST_MAILBOXES = 1_000
/** A doctor's round is some ten calls; a server that answers none of them must not hold the page for ever. */
const CHECK_MS = 120_000

/** The Remote Approval tab: settings of each mailbox, its state, and the doctor. Secrets go in and never out. */
export function mailboxRoutes(server: ApiServer, { context, mailboxes }: ApiParts): void {
  server.get(
    '/api/mailboxes',
    {
      config: { right },
      schema: {
        tags,
        operationId: 'listMailboxes',
        summary: 'Mailboxes with their settings and state',
        response: { 200: z.object({ items: z.array(mailboxView) }), default: problemResponse },
      },
    },
    async ({ headers }) => {
      const rows = await context.db
        .selectFrom('mailbox')
        .selectAll()
        .orderBy('name')
        .limit(MOST_MAILBOXES)
        .execute()
      const locale = chooseLocale(headers['accept-language'])
      return { items: rows.map((row) => toMailboxView(row, locale)) }
    },
  )

  server.put(
    '/api/mailboxes/:name',
    {
      config: { right },
      schema: {
        tags,
        operationId: 'saveMailbox',
        summary: 'Create a mailbox or change its settings',
        description:
          'Leave `oauth.clientSecret` or `mailbox.password` out to keep the stored one. With another type the mailbox is read anew from where it started; what was acted on is known again.',
        params: byName,
        body: mailboxForm,
        response: {
          200: z.object({ mailbox: mailboxView, notes: z.array(z.string()).describe('What was put right') }),
          default: problemResponse,
        },
      },
    },
    async ({ params, body, headers }) => {
      const { id, notes } = await saveMailbox(context, params.name, body)
      const row = await context.db
        .selectFrom('mailbox')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      const locale = chooseLocale(headers['accept-language'])
      const text = translator(locale)
      return {
        mailbox: toMailboxView(row, locale),
        notes: notes.map((note) => text(`errors:note.${note}`)),
      }
    },
  )

  server.post(
    '/api/mailboxes/:name/check',
    {
      config: { right },
      schema: {
        tags,
        operationId: 'checkMailbox',
        summary: 'Test the connection step by step',
        params: byName,
        response: {
          200: z.object({ ok: z.boolean(), checks: z.array(checkView) }),
          default: problemResponse,
        },
      },
    },
    async ({ params, headers }) => {
      const found = await context.db
        .selectFrom('mailbox')
        .select('id')
        .where('name', '=', params.name)
        .executeTakeFirst()
      if (!found) throw new AppError('mailbox-not-found', { mailbox: params.name })
      const locale = chooseLocale(headers['accept-language'])
      const mailbox = await openMailbox(found.id)
      const checks = []
      for await (const check of mailbox.diagnose(AbortSignal.timeout(CHECK_MS))) {
        checks.push(toCheckView(check, locale))
      }
      return { ok: checks.every(({ outcome }) => outcome !== 'failed'), checks }
    },
  )

  async function openMailbox(id: string) {
    try {
      return await mailboxes.open(await mailboxes.load(id))
    } catch (error) {
      if (!(error instanceof MailError)) throw error
      const message = describeMailError(error)
      throw new AppError(
        'mailbox-unavailable',
        {},
        { problems: [{ path: 'mailbox', message }], cause: error },
      )
    }
  }
}
