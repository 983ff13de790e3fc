import { AppError } from '../lib/app-error.ts'
import { appendAudit } from '../store/audit.ts'
import type { Context, Tx } from '../store/context.ts'
import { beginAnew } from './begin-anew.ts'
import { noteChange } from './note-change.ts'
import type { MigrationPlan } from './plan-migration.ts'
import { withoutTrouble } from './without-trouble.ts'

/** Requests whose records are written at a time. */
const PAGE = 1_000

/**
 * Moves a mailbox to Microsoft Graph as it was planned, in one transaction; the record of each open request that asks
 * through it says so. Calls under way with the old type do no harm: what they have read is put back, for its cursor is
 * of a type that the mailbox is no more, and a mail whose sending they do not see through is asked for over Graph. Throws
 * `mailbox-changed` when the settings are not the ones that were checked, and `mailbox-detached`. Returns from when the mailbox is read.
 */
export async function migrateMailbox(
  context: Context,
  { row, settings, changes }: MigrationPlan,
  actorId: string | null,
): Promise<Date> {
  const readFrom = await context.db.transaction().execute(async (tx) => {
    // Before the mailbox: who stores messages locks in this order, too.
    await noteInRecords(tx, context, row.id, {
      actorId,
      payload: { mailbox: row.name, from: row.settings.type, to: settings.type },
    })
    const now = await tx
      .selectFrom('mailbox')
      .selectAll()
      .where('id', '=', row.id)
      // Not `for update`: that would wait for everybody who writes a mail.
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow()
    if (JSON.stringify(now.settings) !== JSON.stringify(row.settings)) {
      throw new AppError('mailbox-changed', { mailbox: row.name })
    }
    if (now.state === 'detached') throw new AppError('mailbox-detached', { mailbox: row.name })
    const anew = await beginAnew(tx, now)
    await tx
      .updateTable('mailbox')
      .set({
        ...anew,
        settings: JSON.stringify(settings),
        ...(now.state === 'paused' ? { state: 'running' as const } : {}),
        ...withoutTrouble(now),
      })
      .where('id', '=', row.id)
      .execute()
    await noteChange(tx, {
      mailboxId: row.id,
      at: context.clock(),
      actorId,
      kind: 'moved',
      changes: changes.map((change) => ({ ...change, replaced: false })),
    })
    if (now.state !== 'disabled') {
      await context.enqueue(tx, { name: 'receive', payload: { mailboxId: row.id } })
    }
    return anew.readFrom
  })
  context.log.info({ mailbox: row.name, actor: actorId, readFrom }, 'a mailbox was moved to Microsoft Graph')
  return readFrom
}

/** One entry in the record of each open request whose mails go through the mailbox. */
async function noteInRecords(
  tx: Tx,
  { clock }: Context,
  mailboxId: string,
  entry: { actorId: string | null; payload: object },
): Promise<void> {
  const at = clock()
  for (let last = 0; ; ) {
    const requests = await tx
      .selectFrom('request')
      .innerJoin('process', 'process.id', 'request.processId')
      .select('request.id')
      .where('process.mailboxId', '=', mailboxId)
      .where('request.status', '=', 'open')
      .where('request.id', '>', last)
      .orderBy('request.id')
      .limit(PAGE)
      .execute()
    await Promise.all(
      requests.map(({ id }) => appendAudit(tx, { requestId: id, at, kind: 'mailbox-migrated', ...entry })),
    )
    if (requests.length < PAGE) return
    last = requests.at(-1)?.id ?? last
  }
}
