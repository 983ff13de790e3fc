import { z } from 'zod'
import { type Locale, translator } from '../../../lib/translate.ts'
import type { MailErrorKind } from '../../../mail/errors.ts'
import { describeMailError } from '../../../mailboxes/describe-mail-error.ts'
import { EWS_SWITCHED_OFF_SINCE, ewsEndOf } from '../../../mailboxes/ews-end.ts'
import { isDown } from '../../../mailboxes/is-down.ts'
import type { MailboxRow } from '../../../mailboxes/open-mailboxes.ts'
import type { MailboxTrouble } from '../../../store/schema.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { isAdministrator } from '../../caller.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { timestamp } from '../../common-schemas.ts'
import { problemResponse } from '../../problem-details.ts'

export const noticeView = z
  .object({
    kind: z
      .enum(['mailbox-down', 'ews-end'])
      .describe('`ews-end` is for administrators, and nothing that is wrong now'),
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
        .select(['name', 'state', 'settings', 'trouble'])
        .where('state', '!=', 'disabled')
        .orderBy('name')
        .execute()
      const now = context.clock()
      const reader = { locale: chooseLocale(headers['accept-language']), hasReasons: isAdministrator(caller) }
      const down = rows.filter((row) => isDown(row, now))
      // Of one that is down, the reason comes first.
      const others = rows.filter((row) => !isDown(row, now))
      return {
        items: [
          ...down.flatMap(({ name, trouble }) => (trouble ? [toNotice(name, trouble, reader)] : [])),
          ...others.flatMap((row) => endOf(row, now, reader)),
        ],
      }
    },
  )
}

interface Reader {
  locale: Locale
  hasReasons: boolean
}

function toNotice(
  mailbox: string,
  trouble: MailboxTrouble,
  { locale, hasReasons }: Reader,
): z.output<typeof noticeView> {
  const text = translator(locale)
  const notice = { kind: 'mailbox-down' as const, mailbox, since: trouble.since }
  if (!hasReasons) return { ...notice, code: null, message: text('notices:mailbox-down.member') }
  const reason = describeMailError({ ...trouble, kind: trouble.kind as MailErrorKind })[locale]
  const message = text('notices:mailbox-down.administrator', { mailbox, reason })
  return { ...notice, code: trouble.providerCode, message }
}

/** What its administrators should do in time, though it works. */
function endOf(
  row: Pick<MailboxRow, 'name' | 'settings' | 'trouble'>,
  now: Date,
  { locale, hasReasons }: Reader,
): z.output<typeof noticeView>[] {
  const ends = hasReasons ? ewsEndOf(row, now) : null
  if (ends === null) return []
  const message = translator(locale)(`notices:ews-end.${ends}`, { mailbox: row.name })
  const since = new Date(EWS_SWITCHED_OFF_SINCE).toISOString()
  return [{ kind: 'ews-end', mailbox: row.name, since, code: null, message }]
}
