import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Database } from '../../../store/schema.ts'
import { localText, personRef, timestamp } from '../../common-schemas.ts'
import { personRefOf } from '../../person-ref.ts'
import { definitionView } from './definition-view.ts'

export const processSummary = z
  .object({
    name: z.string(),
    version: z.int(),
    title: localText,
    description: localText.nullable(),
    mailbox: z.string().describe('Where its mails go out from'),
    importedAt: timestamp,
    openRequests: z
      .int()
      .nullable()
      .describe('Of all its versions; null for who may not see the requests of others'),
  })
  .meta({ id: 'ProcessSummary' })

export const processView = processSummary
  .extend({ definition: definitionView.describe('Fields, steps and endings') })
  .meta({ id: 'Process' })

/** Active processes by name. */
export function selectProcesses(db: Kysely<Database>) {
  return db
    .selectFrom('process')
    .innerJoin('mailbox', 'mailbox.id', 'process.mailboxId')
    .select([
      'process.id',
      'process.name',
      'process.version',
      'process.definition',
      'process.importedAt',
      'mailbox.name as mailbox',
    ])
    .where('process.status', '=', 'active')
}

type ProcessRow = Awaited<ReturnType<ReturnType<typeof selectProcesses>['execute']>>[number]

export function toProcessSummary(
  row: ProcessRow,
  openRequests: number | null,
): z.output<typeof processSummary> {
  const { title, description } = row.definition
  return {
    name: row.name,
    version: row.version,
    title,
    description,
    mailbox: row.mailbox,
    importedAt: row.importedAt.toISOString(),
    openRequests,
  }
}

/** How many requests are open, by the name of their process. */
export async function countOpenRequests(db: Kysely<Database>, names: string[]): Promise<Map<string, number>> {
  if (names.length === 0) return new Map()
  const rows = await db
    .selectFrom('request')
    .innerJoin('process', 'process.id', 'request.processId')
    .select((select) => ['process.name', select.fn.countAll<string>().as('open')])
    .where('process.name', 'in', names)
    .where('request.status', '=', 'open')
    .groupBy('process.name')
    .execute()
  return new Map(rows.map(({ name, open }) => [name, Number(open)]))
}

export const versionSummary = z
  .object({
    version: z.int(),
    status: z.enum(['active', 'archived']),
    mailbox: z.string().describe('Where its mails go out from'),
    importedAt: timestamp,
    importedBy: personRef.nullable().describe('Null for the operator at the command line'),
    openRequests: z.int().describe('Those that run on this version'),
  })
  .meta({ id: 'ProcessVersion' })

export const versionView = versionSummary
  .extend({
    name: z.string(),
    previous: z.int().nullable().describe('The version before it'),
    source: z.string().describe('The definition as it was written'),
    definition: definitionView.describe('The definition as it was understood'),
  })
  .meta({ id: 'ProcessVersionDetail' })

/** Versions of a process, the active one and those before it. */
export function selectVersions(db: Kysely<Database>, name: string) {
  return db
    .selectFrom('process')
    .innerJoin('mailbox', 'mailbox.id', 'process.mailboxId')
    .leftJoin('person', 'person.id', 'process.importedBy')
    .select([
      'process.version',
      'process.status',
      'process.importedAt',
      'process.importedBy',
      'mailbox.name as mailbox',
    ])
    .select((select) => [
      personRefOf(select).as('importer'),
      select
        .selectFrom('request')
        .select((count) => count.fn.countAll<string>().as('open'))
        .whereRef('request.processId', '=', 'process.id')
        .where('request.status', '=', 'open')
        .as('openRequests'),
    ])
    .where('process.name', '=', name)
}

type VersionRow = Awaited<ReturnType<ReturnType<typeof selectVersions>['execute']>>[number]

export function toVersionSummary(row: VersionRow): z.output<typeof versionSummary> {
  const { version, status, mailbox, importedAt, importedBy, importer } = row
  return {
    version,
    status,
    mailbox,
    importedAt: importedAt.toISOString(),
    importedBy: importedBy === null ? null : (importer as z.output<typeof personRef>),
    openRequests: Number(row.openRequests ?? 0),
  }
}
