import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { AppError } from '../../lib/app-error.ts'
import { newId } from '../../lib/new-id.ts'
import type { Context } from '../../store/context.ts'
import type { Database } from '../../store/schema.ts'
import type { Directory } from '../model/check-assignees.ts'
import type { Problem } from '../model/problem.ts'
import type { ProcessDefinition } from '../model/process.ts'
import { readDefinition } from '../model/read-definition.ts'

export interface ImportedProcess {
  id: string
  name: string
  version: number
  /** False when the active version says the same already. */
  changed: boolean
  /** What the checker would have otherwise; none of it is an error. */
  warnings: Problem[]
}

/**
 * Imports a process definition as a new active version; the one before is archived, and requests that run keep it.
 * A text that changes nothing makes no version; when it is written otherwise (comments, layout) it takes the place of the
 * active version's. `mailbox` names the mailbox that its mails go out from; without it the earlier version's is kept, or
 * the only mailbox there is. `basedOn` is the version that the text was made from, 0 for a process that there is not yet;
 * without it whichever there is. `by`: the importing person; none for the operator.
 * Throws `invalid-definition` with the checker's problems, `process-changed`, `mailbox-not-found`, `mailbox-needed`.
 */
export async function importProcess(
  context: Context,
  input: { definition: string; mailbox: string | null; basedOn?: number | undefined; by?: string | null },
): Promise<ImportedProcess> {
  const { definition, problems } = readDefinition(input.definition, await loadDirectory(context.db))
  if (definition === null) throw new AppError('invalid-definition', {}, { problems })
  const stored = JSON.stringify(definition)
  const digest = digestOf(definition)

  return context.db.transaction().execute(async (tx) => {
    const versions = await tx
      .selectFrom('process')
      .select(['id', 'version', 'status', 'digest', 'mailboxId'])
      .where('name', '=', definition.name)
      .orderBy('version', 'desc')
      .forUpdate()
      .execute()
    const active = versions.find(({ status }) => status === 'active')
    const current = active?.version ?? 0
    if (input.basedOn !== undefined && input.basedOn !== current) {
      throw new AppError('process-changed', { process: definition.name, version: String(current) })
    }
    const mailboxId = await chooseMailbox(tx, input.mailbox, active?.mailboxId ?? null)
    const named = { name: definition.name, warnings: problems }
    if (active && active.digest === digest && active.mailboxId === mailboxId) {
      await tx
        .updateTable('process')
        .set({ source: input.definition })
        .where('id', '=', active.id)
        .where('source', '!=', input.definition)
        .execute()
      return { id: active.id, version: active.version, changed: false, ...named }
    }
    await tx
      .updateTable('process')
      .set({ status: 'archived' })
      .where('name', '=', definition.name)
      .where('status', '=', 'active')
      .execute()
    const id = newId()
    const version = (versions[0]?.version ?? 0) + 1
    await tx
      .insertInto('process')
      .values({
        id,
        name: definition.name,
        version,
        status: 'active',
        definition: stored,
        source: input.definition,
        digest,
        mailboxId,
        importedAt: context.clock(),
        importedBy: input.by ?? null,
      })
      .execute()
    return { id, version, changed: true, ...named }
  })
}

/** What tells two definitions apart, however they are written. */
export function digestOf(definition: ProcessDefinition): string {
  return createHash('sha256').update(JSON.stringify(definition)).digest('hex')
}

/** Everybody and every group whom a definition may name. */
export async function loadDirectory(db: Kysely<Database>): Promise<Directory> {
  const people = await db.selectFrom('person').select('address').where('active', '=', true).execute()
  const aliases = await db.selectFrom('personAlias').select('address').execute()
  const groups = await db
    .selectFrom('peopleGroup')
    .select('name')
    .unionAll(db.selectFrom('peopleGroupFormerName').select('name'))
    .execute()
  return {
    people: new Set([...people, ...aliases].map(({ address }) => address)),
    groups: new Set(groups.map(({ name }) => name)),
  }
}

async function chooseMailbox(
  db: Kysely<Database>,
  name: string | null,
  earlier: string | null,
): Promise<string> {
  if (name !== null) {
    const named = await db.selectFrom('mailbox').select('id').where('name', '=', name).executeTakeFirst()
    if (!named) throw new AppError('mailbox-not-found', { mailbox: name })
    return named.id
  }
  if (earlier !== null) return earlier
  const [only, ...others] = await db.selectFrom('mailbox').select('id').limit(2).execute()
  if (!only || others.length > 0) throw new AppError('mailbox-needed')
  return only.id
}
