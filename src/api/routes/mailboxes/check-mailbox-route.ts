import { z } from 'zod'
import { AppError } from '../../../lib/app-error.ts'
import type { Locale } from '../../../lib/translate.ts'
import { MailError } from '../../../mail/errors.ts'
import type { Mailbox } from '../../../mail/mailbox.ts'
import { describeMailError } from '../../../mailboxes/describe-mail-error.ts'
import { examine } from '../../../mailboxes/doctor/examine.ts'
import { findMailbox } from '../../../mailboxes/find-mailbox.ts'
import { tryAtOnce } from '../../../mailboxes/try-at-once.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { problemResponse } from '../../problem-details.ts'
import { LINES, sendLines } from '../../send-lines.ts'
import { type checkView, examinationView, toCheckView } from './check-view.ts'
import { mailboxByName, mailboxRight } from './mailbox-by-name.ts'

type CheckView = z.output<typeof checkView>

/** The doctor: all at the end as JSON, or each step as soon as it is done as a line of NDJSON. */
export function checkMailboxRoute(server: ApiServer, { context, mailboxes }: ApiParts): void {
  server.post(
    '/api/mailboxes/:name/check',
    {
      config: { right: mailboxRight },
      schema: {
        tags: ['mailboxes'],
        operationId: 'checkMailbox',
        summary: 'Test a mailbox step by step',
        description:
          `With \`Accept: ${LINES}\` each step comes as a line of its own as soon as it is done, a \`MailboxCheck\`; ` +
          'the last line is `{ "ok": … }`, and an answer without it was cut off. It takes two minutes at most. ' +
          'A mailbox in which nothing fails is tried at once, however long it would have backed off.',
        params: mailboxByName,
        querystring: z.object({
          send: z
            .stringbool()
            .default(true)
            .describe('Whether test mails are sent, from the mailbox to itself'),
        }),
        response: {
          200: {
            description: 'What each step found',
            content: {
              'application/json': { schema: examinationView },
              [LINES]: { schema: z.any() },
            },
          },
          default: problemResponse,
        },
      },
    },
    async ({ params, query, headers }, reply) => {
      const row = await findMailbox(context.db, params.name)
      const mailbox = opened(() => mailboxes.openAnew(row))
      const leaving = new AbortController()
      reply.raw.once('close', () => leaving.abort())
      const examination = { row, mailbox, send: query.send, signal: leaving.signal }
      const checks = inWords(
        closing(mailbox, examine(context, examination)),
        chooseLocale(headers['accept-language']),
      )
      const lines = withEnd(checks, () => tryAtOnce(context, row, query.send))

      if (headers.accept?.includes(LINES)) return sendLines(reply, lines)
      return gather(lines)
    },
  )
}

/** What keeps an adapter from being opened lies in the settings. */
function opened(open: () => Mailbox): Mailbox {
  try {
    return open()
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    const message = describeMailError(error)
    throw new AppError('mailbox-unavailable', {}, { problems: [{ path: 'mailbox', message }], cause: error })
  }
}

/** The same values; the mailbox is closed after the last one, or when nobody wants another. */
async function* closing<Value>(mailbox: Mailbox, values: AsyncIterable<Value>): AsyncGenerator<Value> {
  try {
    yield* values
  } finally {
    await mailbox.close()
  }
}

async function* inWords(
  checks: AsyncIterable<Parameters<typeof toCheckView>[0]>,
  locale: Locale,
): AsyncGenerator<CheckView> {
  for await (const check of checks) yield toCheckView(check, locale)
}

type Line = CheckView | { ok: boolean }

/** The checks, then whether none failed; `whenWell` is done before that is said. */
async function* withEnd(
  checks: AsyncIterable<CheckView>,
  whenWell: () => Promise<void>,
): AsyncGenerator<Line> {
  let ok = true
  for await (const check of checks) {
    ok &&= check.outcome !== 'failed'
    yield check
  }
  if (ok) await whenWell()
  yield { ok }
}

async function gather(lines: AsyncIterable<Line>): Promise<{ ok: boolean; checks: CheckView[] }> {
  const gathered = { ok: false, checks: [] as CheckView[] }
  for await (const line of lines) {
    if ('ok' in line) gathered.ok = line.ok
    else gathered.checks.push(line)
  }
  return gathered
}
