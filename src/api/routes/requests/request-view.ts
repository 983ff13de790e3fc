import type { Kysely } from 'kysely'
import { z } from 'zod'
import { filesOf } from '../../../approvals/load-files.ts'
import { renderTitle } from '../../../approvals/model/render-title.ts'
import { mayCancel } from '../../../approvals/model/state-machine.ts'
import type { Database } from '../../../store/schema.ts'
import { type Caller, seesEverything } from '../../caller.ts'
import { localText, personRef, requestId, timestamp } from '../../common-schemas.ts'
import { fileView, toFileView } from '../../file-view.ts'
import { formEntry, toFormView } from '../../form-view.ts'
import { maskReplyTokensIn } from '../../mask-reply-tokens.ts'
import { personRefOf } from '../../person-ref.ts'
import { actionView, selectActions, toActionView } from '../actions/action-view.ts'

/** A request as lists show it. */
export const requestSummary = z
  .object({
    id: requestId,
    process: z.object({ name: z.string(), version: z.int(), title: localText }),
    title: z.string().describe('In the language of the requester'),
    titles: localText,
    status: z.enum(['open', 'completed', 'cancelled']),
    ending: z.string().nullable().describe('Name of the ending that was reached'),
    endingTitle: localText.nullable().describe('How the process calls it'),
    requester: personRef,
    createdAt: timestamp,
    closedAt: timestamp.nullable(),
  })
  .meta({ id: 'RequestSummary' })

const timelineEntry = z.object({
  sequence: z.int(),
  at: timestamp,
  kind: z.string(),
  by: personRef.nullable().describe('Null when nobody did it: the system, or a mail from nobody proven'),
  facts: z.record(z.string(), z.unknown()).nullable().describe('Null once erased'),
  named: z.array(personRef).describe('Whom the facts name by address'),
})

/** A request with everything that happened to it. */
export const requestView = requestSummary
  .extend({
    data: z.record(z.string(), z.unknown()),
    form: z.array(formEntry).describe('What the requester filled in, as it is read'),
    files: z.array(fileView).describe('What the requester added, in their order'),
    actions: z.array(actionView),
    timeline: z.array(timelineEntry).describe('The audit entries'),
    you: z.object({ mayCancel: z.boolean() }).describe('What the caller may do about it'),
  })
  .meta({ id: 'Request' })

export function selectRequests(db: Kysely<Database>) {
  return db
    .selectFrom('request')
    .innerJoin('process', 'process.id', 'request.processId')
    .innerJoin('person', 'person.id', 'request.requesterId')
    .selectAll('request')
    .select((from) => [
      'process.name as processName',
      'process.version as processVersion',
      'process.definition',
      personRefOf(from).as('requester'),
    ])
}

export type RequestRow = Awaited<ReturnType<ReturnType<typeof selectRequests>['execute']>>[number]

export function toRequestSummary(row: RequestRow): z.output<typeof requestSummary> {
  return {
    id: row.id,
    process: { name: row.processName, version: row.processVersion, title: row.definition.title },
    title: row.title,
    titles: {
      en: renderTitle(row.definition, row.data, 'en'),
      fr: renderTitle(row.definition, row.data, 'fr'),
    },
    status: row.status,
    ending: row.ending,
    endingTitle: (row.ending !== null && row.definition.endings[row.ending]) || null,
    requester: row.requester,
    createdAt: row.createdAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
  }
}

/**
 * The request with its actions and its timeline, for a caller who may see it. What was read and trusted of a mail
 * (`evidence`) is for those who see everything.
 */
export async function toRequestView(
  db: Kysely<Database>,
  row: RequestRow,
  caller: Caller,
): Promise<z.output<typeof requestView>> {
  const evidence = seesEverything(caller)
  const actions = await selectActions(db)
    .where('action.requestId', '=', row.id)
    .orderBy('action.number')
    .execute()
  const entries = await db
    .selectFrom('auditEntry')
    .leftJoin('person', 'person.id', 'auditEntry.actorId')
    .select(['auditEntry.sequence', 'auditEntry.at', 'auditEntry.kind', 'auditEntry.payload'])
    .select(['person.id', 'person.address', 'person.name'])
    .where('auditEntry.requestId', '=', row.id)
    .orderBy('auditEntry.sequence')
    .execute()
  const named = await peopleAt(
    db,
    entries.flatMap(({ payload }) => addressesIn(payload)),
  )
  return {
    ...toRequestSummary(row),
    data: row.data,
    form: toFormView(row.definition, row.data),
    files: (await filesOf(db, row.id)).map(toFileView),
    actions: actions.map(toActionView),
    timeline: entries.map(({ sequence, at, kind, payload, id, address, name }) => ({
      sequence,
      at: at.toISOString(),
      kind,
      by: id === null || address === null || name === null ? null : { id, address, name },
      facts: payload && maskReplyTokensIn(factsOf(payload, { evidence })),
      named: addressesIn(payload).flatMap((address) => named.get(address) ?? []),
    })),
    you: {
      mayCancel: caller.kind === 'person' && mayCancel({ request: row, actor: caller.person }) === 'yes',
    },
  }
}

function factsOf(payload: object, options: { evidence: boolean }): Record<string, unknown> {
  return Object.fromEntries(Object.entries(payload).filter(([key]) => options.evidence || key !== 'evidence'))
}

/** Whom an entry was about besides who did it; they may have nothing to do with the action any more. */
function addressesIn(payload: object | null): string[] {
  const { assignees, away, to } = (payload ?? {}) as Record<string, unknown>
  return [assignees, away, to].flat().filter((one) => typeof one === 'string')
}

async function peopleAt(
  db: Kysely<Database>,
  addresses: string[],
): Promise<Map<string, z.output<typeof personRef>>> {
  if (addresses.length === 0) return new Map()
  const people = await db
    .selectFrom('person')
    .select(['id', 'address', 'name'])
    .where('address', 'in', [...new Set(addresses)])
    .execute()
  return new Map(people.map((person) => [person.address, person]))
}
