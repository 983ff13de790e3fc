import { z } from 'zod'
import { type Locale, translator } from '../../../lib/translate.ts'
import type { MailErrorKind } from '../../../mail/errors.ts'
import { describeMailError } from '../../../mailboxes/describe-mail-error.ts'
import { isDown } from '../../../mailboxes/is-down.ts'
import type { MailboxTrouble } from '../../../store/schema.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { isAdministrator } from '../../caller.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { timestamp } from '../../common-schemas.ts'
import { problemResponse } from '../../problem-details.ts'

export const noticeView = z
  .object({
    kind: z.enum(['mailbox-down']),
    mailbox: z.string(),
    since: timestamp,
    code: z.string().nullable().describe('The provider’s own code; for administrators'),
    message: z
      .string()
      .describe('What it means for the reader and what to do; the reason for administrators'),
  })
  .meta({ id: 'Notice' })

/** What stands at the top of every page while something is wrong. */
export function noticeRoutes(server: ApiServer, { context }: ApiParts): void {
  server.get(
    '/api/notices',
    {
      config: { right: { scope: 'requests:read', role: 'member' } },
      schema: {
        tags: ['notices'],
        operationId: 'listNotices',
        summary: 'What everybody should know now, such as a mailbox that does not work',
        response: { 200: z.object({ items: z.array(noticeView) }), default: problemResponse },
      },
    },
    async ({ headers, caller }) => {
      const rows = await context.db
        .selectFrom('mailbox')
        .select(['name', 'state', 'trouble'])
        .where('trouble', 'is not', null)
        .orderBy('name')
        .execute()
      const reader = { locale: chooseLocale(headers['accept-language']), hasReasons: isAdministrator(caller) }
      const down = rows.filter((row) => isDown(row, context.clock()))
      return {
        items: down.flatMap(({ name, trouble }) => (trouble ? [toNotice(name, trouble, reader)] : [])),
      }
    },
  )
}

function toNotice(
  mailbox: string,
  trouble: MailboxTrouble,
  { locale, hasReasons }: { locale: Locale; hasReasons: boolean },
): z.output<typeof noticeView> {
  const text = translator(locale)
  const notice = { kind: 'mailbox-down' as const, mailbox, since: trouble.since }
  if (!hasReasons) return { ...notice, code: null, message: text('notices:mailbox-down.member') }
  const reason = describeMailError({ ...trouble, kind: trouble.kind as MailErrorKind })[locale]
  const message = text('notices:mailbox-down.administrator', { mailbox, reason })
  return { ...notice, code: trouble.providerCode, message }
}
