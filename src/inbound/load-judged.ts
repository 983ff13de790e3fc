import { type LoadedAction, loadAction } from '../approvals/load-action.ts'
import { AppError } from '../lib/app-error.ts'
import { foldAddress } from '../lib/fold-address.ts'
import { aliasesOf, findPerson, type Person } from '../people/find-person.ts'
import type { ReplyReading } from '../replies/reading.ts'
import type { Tx } from '../store/context.ts'
import type { InboundOutcome } from '../store/schema.ts'
import type { Verdict } from '../trust/verdict.ts'

/** What an administrator makes of a reply, and why. */
export interface Judgement {
  inboundMessageId: string
  by: Person
  reason: string
}

/** A reply that an administrator judges, with what it was asked about and of whom. */
export interface Judged {
  row: {
    mailboxId: string
    fromAddress: string
    rawSha256: string
    receivedAt: Date
    reading: ReplyReading | null
    verdict: Verdict | null
  }
  loaded: LoadedAction
  person: Person
}

/** The reply of this id, if one of these outcomes became of it: it and its request are locked. Null when there is none. */
export async function loadJudged(
  tx: Tx,
  id: string,
  outcomes: readonly InboundOutcome[],
): Promise<Judged | null> {
  const found = await tx
    .selectFrom('inboundMessage')
    .select(['mailboxId', 'fromAddress', 'rawSha256', 'receivedAt', 'reading', 'verdict'])
    .select(['actionId', 'personId'])
    .where('id', '=', id)
    .where('state', '=', 'processed')
    .where('outcome', 'in', outcomes)
    .where('erasedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!found || found.actionId === null || found.personId === null) return null
  const { actionId, personId, ...row } = found
  const loaded = await loadAction(tx, actionId, { lock: true })
  const person = await findPerson(tx, personId)
  if (!person) throw new Error(`a reply of a person who does not exist: ${personId}`)
  return { row, loaded, person }
}

/** Nobody makes a reply count for a request that they have made, for whomever, or are asked about. Throws `judge-involved`. */
export async function refuseInvolved(tx: Tx, { loaded, person }: Judged, by: Person): Promise<void> {
  const { request, assignees } = loaded
  const made = await tx
    .selectFrom('auditEntry')
    .select('actorId')
    .where('requestId', '=', request.id)
    .where('kind', '=', 'request-created')
    .executeTakeFirst()
  const involved = [
    request.requesterId,
    made?.actorId,
    person.id,
    ...assignees.map(({ personId }) => personId),
  ]
  if (involved.includes(by.id)) throw new AppError('judge-involved')
}

/** Nobody answers for somebody else. Throws `sender-not-theirs`. */
export async function refuseOthersAddress(tx: Tx, { row, person }: Judged): Promise<void> {
  const addresses = [person.address, ...(await aliasesOf(tx, person.id))]
  if (addresses.includes(foldAddress(row.fromAddress))) return
  throw new AppError('sender-not-theirs', { sender: row.fromAddress, person: person.name })
}

/** What has become of a reply after all. */
export async function setOutcome(tx: Tx, id: string, outcome: 'decided' | 'rejected'): Promise<void> {
  await tx.updateTable('inboundMessage').set({ outcome }).where('id', '=', id).execute()
}
