import { z } from 'zod'
import { type Locale, translator } from '../../../lib/translate.ts'
import type { MailErrorKind } from '../../../mail/errors.ts'
import { describeMailError } from '../../../mailboxes/describe-mail-error.ts'
import { EWS_SWITCHED_OFF_SINCE, ewsEndOf } from '../../../mailboxes/ews-end.ts'
import { expiryWarning } from '../../../mailboxes/expiry-warning.ts'
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
    kind: z.enum(['mailbox-down', 'credential-expiring', 'credential-expired', 'ews-end']),
    severity: z.enum(['warning', 'error']).describe('A warning is of what is still to come'),
    mailbox: z.string(),
    since: timestamp,
    code: z.string().nullable().describe('The provider’s own code, where it gave one; for administrators'),
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
        .select(['name', 'state', 'trouble', 'settings'])
        .orderBy('name')
        .execute()
      const now = context.clock()
      const reader = { locale: chooseLocale(headers['accept-language']), hasReasons: isAdministrator(caller) }
      const down = rows.filter((row) => isDown(row, now))
      return {
        items: [
          ...down.flatMap(({ name, trouble }) => (trouble ? [toNotice(name, trouble, reader)] : [])),
          // What is still to come is for those who can prevent it.
          ...(reader.hasReasons ? rows.flatMap((row) => toExpiryNotice(row, now, reader.locale)) : []),
          // Of one that is down, the reason comes first.
          ...(reader.hasReasons
            ? rows.filter((row) => !isDown(row, now)).flatMap((row) => toEndNotice(row, now, reader.locale))
            : []),
        ],
      }
    },
  )
}

function toExpiryNotice(
  row: Pick<MailboxRow, 'name' | 'state' | 'settings'>,
  now: Date,
  locale: Locale,
): z.output<typeof noticeView>[] {
  const warning = expiryWarning(row, now)
  if (warning === null) return []
  const { code, since, message } = warning
  const values = { mailbox: row.name, reason: message[locale] }
  return [
    {
      kind: code,
      severity: code === 'credential-expired' ? 'error' : 'warning',
      mailbox: row.name,
      since: since.toISOString(),
      code: null,
      message: translator(locale)('notices:credential', values),
    },
  ]
}

function toEndNotice(
  row: Pick<MailboxRow, 'name' | 'state' | 'settings' | 'trouble'>,
  now: Date,
  locale: Locale,
): z.output<typeof noticeView>[] {
  const end = row.state === 'disabled' ? null : ewsEndOf(row, now)
  if (end === null) return []
  return [
    {
      kind: 'ews-end',
      severity: end === 'announced' ? 'warning' : 'error',
      mailbox: row.name,
      since: new Date(EWS_SWITCHED_OFF_SINCE).toISOString(),
      code: null,
      message: translator(locale)(`notices:ews-end.${end}`, { mailbox: row.name }),
    },
  ]
}

function toNotice(
  mailbox: string,
  trouble: MailboxTrouble,
  { locale, hasReasons }: { locale: Locale; hasReasons: boolean },
): z.output<typeof noticeView> {
  const text = translator(locale)
  const notice = { kind: 'mailbox-down' as const, severity: 'error' as const, mailbox, since: trouble.since }
  if (!hasReasons) return { ...notice, code: null, message: text('notices:mailbox-down.member') }
  const reason = describeMailError({ ...trouble, kind: trouble.kind as MailErrorKind })[locale]
  const message = text('notices:mailbox-down.administrator', { mailbox, reason })
  return { ...notice, code: trouble.providerCode, message }
}
