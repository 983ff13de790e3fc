import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Database } from '../../../store/schema.ts'
import { localText, timestamp } from '../../common-schemas.ts'

export const processSummary = z
  .object({
    name: z.string(),
    version: z.int(),
    title: localText,
    description: localText.nullable(),
    mailbox: z.string().describe('Where its mails go out from'),
    importedAt: timestamp,
  })
  .meta({ id: 'ProcessSummary' })

export const processView = processSummary
  .extend({ definition: z.record(z.string(), z.unknown()).describe('Fields, steps and endings') })
  .meta({ id: 'Process' })

/** Active processes; the earlier versions are only kept for the requests that run on them. */
export function selectProcesses(db: Kysely<Database>) {
  return db
    .selectFrom('process')
    .innerJoin('mailbox', 'mailbox.id', 'process.mailboxId')
    .select([
      'process.name',
      'process.version',
      'process.definition',
      'process.importedAt',
      'mailbox.name as mailbox',
    ])
    .where('process.status', '=', 'active')
}

type ProcessRow = Awaited<ReturnType<ReturnType<typeof selectProcesses>['execute']>>[number]

export function toProcessSummary(row: ProcessRow): z.output<typeof processSummary> {
  const { title, description } = row.definition
  return {
    name: row.name,
    version: row.version,
    title,
    description,
    mailbox: row.mailbox,
    importedAt: row.importedAt.toISOString(),
  }
}
