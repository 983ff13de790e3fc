import { createRequest } from '../../src/approvals/commands/create-request.ts'
import { reassignAction } from '../../src/approvals/commands/reassign-action.ts'
import { type DecisionOutcome, recordDecision } from '../../src/approvals/commands/record-decision.ts'
import type { MayReassign } from '../../src/approvals/model/state-machine.ts'
import { findPersonByAddress } from '../../src/people/find-person.ts'
import type { Context, Tx } from '../../src/store/context.ts'
import { people, purchase } from './sample-api.ts'

/** Purchases of the sample company, made and decided without any door: the commands themselves. */
export interface Purchases {
  idOf(address: string): Promise<string>
  /** The requester files one; their manager is asked. Returns its number. */
  file(): Promise<number>
  actionsOf(requestId: number): Promise<{ id: string; status: string }[]>
  decide(tx: Tx, actionId: string, address: string, result?: string): Promise<DecisionOutcome>
  /** Gives an action to somebody, as this person with their role. */
  reassign(actionId: string, toAddress: string, byAddress: string): Promise<MayReassign>
  /** Files one and lets the manager say yes, so that Finance is asked. Returns the action of Finance. */
  fileForFinance(): Promise<string>
}

export function purchasesOn(context: Context): Purchases {
  const { db } = context

  async function idOf(address: string): Promise<string> {
    const person = await findPersonByAddress(db, address)
    if (!person) throw new Error(`${address} is not in the sample`)
    return person.id
  }

  async function file(): Promise<number> {
    const { requestId } = await createRequest(context, {
      process: 'purchase',
      requesterId: await idOf(people.requester),
      filedById: null,
      data: purchase,
      files: [],
      idempotencyKey: null,
    })
    return requestId
  }

  const actionsOf: Purchases['actionsOf'] = (requestId) =>
    db
      .selectFrom('action')
      .select(['id', 'status'])
      .where('requestId', '=', requestId)
      .orderBy('number')
      .execute()

  async function decide(tx: Tx, actionId: string, address: string, result = 'YES') {
    const person = await findPersonByAddress(tx, address)
    return recordDecision(tx, context, {
      actionId,
      personId: person?.id ?? '',
      ...{ result, answers: {} },
      comment: 'As discussed.',
      door: 'api',
      inboundMessageId: null,
      rawSha256: null,
      evidence: {},
    })
  }

  async function reassign(actionId: string, toAddress: string, byAddress: string) {
    const [to, by] = await Promise.all([
      findPersonByAddress(db, toAddress),
      findPersonByAddress(db, byAddress),
    ])
    if (!to || !by) throw new Error(`${toAddress} or ${byAddress} is not in the sample`)
    const reassignment = { actionId, to, actor: by, comment: '', proof: null }
    return db.transaction().execute((tx) => reassignAction(tx, context, reassignment))
  }

  async function fileForFinance(): Promise<string> {
    const requestId = await file()
    const [first] = await actionsOf(requestId)
    await db.transaction().execute((tx) => decide(tx, first?.id ?? '', people.manager))
    const [, second] = await actionsOf(requestId)
    if (!second) throw new Error('Finance was not asked')
    return second.id
  }

  return { idOf, file, actionsOf, decide, reassign, fileForFinance }
}
