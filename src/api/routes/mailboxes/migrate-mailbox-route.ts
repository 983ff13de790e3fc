import { z } from 'zod'
import { AppError } from '../../../lib/app-error.ts'
import { MailError } from '../../../mail/errors.ts'
import { describeMailError } from '../../../mailboxes/describe-mail-error.ts'
import { findMailbox } from '../../../mailboxes/find-mailbox.ts'
import { migrateMailbox } from '../../../mailboxes/migrate-mailbox.ts'
import { type MigrationPlan, planMigration } from '../../../mailboxes/plan-migration.ts'
import { hostWithPort } from '../../../mailboxes/settings.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { actorOf } from '../../caller.ts'
import { chooseLocale } from '../../choose-locale.ts'
import { problemResponse } from '../../problem-details.ts'
import { mailboxByName, mailboxRight } from './mailbox-by-name.ts'
import { migrationView, toMigrationView } from './migration-view.ts'

/** The steps are some ten calls; a server that answers none of them must not hold the caller for ever. */
const CHECK_MS = 120_000

/** The move of a mailbox from Exchange Web Services to Microsoft Graph. */
export function migrateMailboxRoute(server: ApiServer, { context, mailboxes }: ApiParts): void {
  server.post(
    '/api/mailboxes/:name/migrate',
    {
      config: { right: mailboxRight },
      schema: {
        tags: ['mailboxes'],
        operationId: 'migrateMailbox',
        summary: 'Move a mailbox from Exchange Web Services to Microsoft Graph, or see what that takes',
        description:
          'A plan unless `dryRun` is `false`: it tries the way over Graph with the application and credential of the mailbox, says what is missing, and changes nothing. With `dryRun: false` the mailbox is moved if no check fails, in one transaction, and `mailbox-not-ready` is answered otherwise.',
        params: mailboxByName,
        body: z.strictObject({
          dryRun: z.boolean().default(true).describe('Change nothing'),
          host: hostWithPort.optional().describe('Of Graph; that of the mailbox’s cloud, when left out'),
          scope: z
            .string()
            .trim()
            .min(1)
            .max(1_000)
            .optional()
            .describe('What a token for Graph is asked for; that of the mailbox’s cloud, when left out'),
        }),
        response: { 200: migrationView, default: problemResponse },
      },
    },
    async ({ params, body, headers, caller }) => {
      const row = await findMailbox(context.db, params.name)
      const parts = { db: context.db, mailboxes }
      const plan = await planMigration(parts, row, body, AbortSignal.timeout(CHECK_MS)).catch(refuse)
      const locale = chooseLocale(headers['accept-language'])
      if (body.dryRun) return toMigrationView(plan, null, locale)
      if (!plan.isReady) throw notReady(plan)
      const readFrom = await migrateMailbox(context, plan, actorOf(caller))
      return toMigrationView(plan, { readFrom }, locale)
    },
  )
}

/** What keeps an adapter from being opened lies in the settings. */
function refuse(error: unknown): never {
  if (!(error instanceof MailError)) throw error
  const problems = [{ path: 'mailbox', message: describeMailError(error) }]
  throw new AppError('mailbox-unavailable', {}, { problems, cause: error })
}

function notReady({ row, checks }: MigrationPlan): AppError {
  const problems = checks
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ id, words: { en, fr } }) => ({
      path: `checks.${id}`,
      message: { en: en.mend ?? en.title, fr: fr.mend ?? fr.title },
    }))
  return new AppError('mailbox-not-ready', { mailbox: row.name }, { problems })
}
