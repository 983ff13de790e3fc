import { createHash } from 'node:crypto'
import { AppError } from '../../lib/app-error.ts'
import { findPerson } from '../../people/find-person.ts'
import { appendAudit } from '../../store/audit.ts'
import { canonicalJson } from '../../store/canonical-json.ts'
import type { Context, Tx } from '../../store/context.ts'
import { checkFiles } from '../model/check-files.ts'
import { checkRequestData } from '../model/check-request-data.ts'
import { renderTitle } from '../model/render-title.ts'
import { firstStep } from '../model/state-machine.ts'
import { openAction } from './open-action.ts'
import { findOwnFiles, takeFiles } from './take-files.ts'

export interface NewRequest {
  /** Name of the process; its active version is used. */
  process: string
  requesterId: string
  /** Who made the call: the requester, an administrator for them, or nobody in person (the operator). */
  filedById: string | null
  /** Values by field name, as the form has them. */
  data: Record<string, unknown>
  /** Ids of files that `filedById` has uploaded, in their order. */
  files: readonly string[]
  /** A repeated call with the same key finds the request of the first one. */
  idempotencyKey: string | null
}

/**
 * Makes a request and opens its first action, in one transaction with the approval e-mails that follow.
 * Throws `process-not-found`, `person-not-found`, `invalid-request-data` (with a problem per field),
 * `idempotency-conflict` when the key was used for something else, and what `findOwnFiles`, `checkFiles` and `takeFiles`
 * throw.
 */
export async function createRequest(
  context: Context,
  input: NewRequest,
): Promise<{ requestId: number; created: boolean }> {
  const requester = await findPerson(context.db, input.requesterId)
  if (!requester?.active) throw new AppError('person-not-found', { person: input.requesterId })
  const process = await context.db
    .selectFrom('process')
    .selectAll()
    .where('name', '=', input.process)
    .where('status', '=', 'active')
    .executeTakeFirst()
  if (!process) throw new AppError('process-not-found', { process: input.process })
  const { definition } = process

  const { data, problems } = checkRequestData(definition, input.data)
  if (problems.length > 0)
    throw new AppError('invalid-request-data', { process: input.process }, { problems })
  const files = await findOwnFiles(context.db, { ids: input.files, ownerId: input.filedById })
  checkFiles(definition, files)
  // What the approver can see of them.
  const proofs = files.map(({ name, size, sha256 }) => ({ name, size, sha256 }))

  const inputDigest = createHash('sha256')
    .update(canonicalJson([definition.name, data, proofs]))
    .digest('hex')
  return context.db.transaction().execute(async (tx) => {
    const now = context.clock()
    const inserted = await tx
      .insertInto('request')
      .values({
        processId: process.id,
        requesterId: requester.id,
        title: renderTitle(definition, data, requester.locale),
        data: JSON.stringify(data),
        status: 'open',
        ending: null,
        idempotencyKey: input.idempotencyKey,
        inputDigest,
        createdAt: now,
        closedAt: null,
      })
      .onConflict((conflict) => conflict.columns(['requesterId', 'idempotencyKey']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!inserted) return { requestId: await findRepeated(tx, input, inputDigest), created: false }

    await takeFiles(tx, inserted.id, files)
    await appendAudit(tx, {
      requestId: inserted.id,
      at: now,
      kind: 'request-created',
      actorId: input.filedById,
      payload: {
        requester: requester.address,
        process: definition.name,
        version: process.version,
        data,
        files: proofs,
      },
    })
    const request = { id: inserted.id, requesterId: requester.id, data, mailboxId: process.mailboxId }
    await openAction(tx, context, request, firstStep(definition))
    return { requestId: inserted.id, created: true }
  })
}

/** The request that an earlier call with this key made; a key used for other content is refused. */
async function findRepeated(tx: Tx, input: NewRequest, inputDigest: string): Promise<number> {
  const earlier = await tx
    .selectFrom('request')
    .select(['id', 'inputDigest'])
    .where('requesterId', '=', input.requesterId)
    .where('idempotencyKey', '=', input.idempotencyKey)
    .executeTakeFirstOrThrow()
  if (earlier.inputDigest !== inputDigest) {
    throw new AppError('idempotency-conflict', { request: String(earlier.id) })
  }
  return earlier.id
}
