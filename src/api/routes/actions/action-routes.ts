import { z } from 'zod'
import { reassignAction } from '../../../approvals/commands/reassign-action.ts'
import { recordDecision } from '../../../approvals/commands/record-decision.ts'
import { isStanding } from '../../../approvals/load-action.ts'
import { AppError } from '../../../lib/app-error.ts'
import { foldAddress } from '../../../lib/fold-address.ts'
import { reached } from '../../../lib/milestones.ts'
import { findPersonByAddress } from '../../../people/find-person.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { type Caller, personOf, seesEverything } from '../../caller.ts'
import { address, byId, comment } from '../../common-schemas.ts'
import { pageOf, pageQuery, toPage } from '../../paging.ts'
import { problemResponse } from '../../problem-details.ts'
import { readableRequests } from '../../readable-requests.ts'
import { actionDetail, toActionDetail } from './action-detail.ts'
import { actionView, answersByQuestion, selectActions, toActionView } from './action-view.ts'
import { refusalOf } from './refusal-of.ts'

const tags = ['actions']
/** Is no address, so it cannot be anybody's. */
const NOBODY = 'none'

/** The actions that wait for somebody, and the doors to decide them or hand them on. */
export function actionRoutes(server: ApiServer, { context }: ApiParts): void {
  server.get(
    '/api/actions',
    {
      config: { right: { scope: 'requests:read', role: 'member' } },
      schema: {
        tags,
        operationId: 'listActions',
        summary: 'Actions that wait for the caller, oldest first, or that have waited for them, newest first',
        description:
          'Administrators may ask for somebody else’s with `assignee`, or with `assignee=none` for those that nobody ' +
          'can decide; the operator sees all.',
        querystring: z.strictObject({
          ...pageQuery(z.uuid()),
          assignee: z.union([z.literal(NOBODY), address]).optional(),
          state: z.enum(['open', 'closed']).default('open').describe('Closed ones are decided or cancelled'),
          handedOn: z.literal('true').optional().describe('Those only that another assignee has handed on'),
        }),
        response: { 200: pageOf(actionView), default: problemResponse },
      },
    },
    async ({ caller, query }) => {
      const assignee = wantedAssignee(caller, query.assignee)
      const isOpen = query.state === 'open'
      let actions = selectActions(context.db)
        .where('action.status', isOpen ? '=' : '!=', 'open')
        .orderBy('action.id', isOpen ? 'asc' : 'desc')
        .limit(query.limit + 1)
      if (query.after !== undefined) actions = actions.where('action.id', isOpen ? '>' : '<', query.after)
      if (assignee === NOBODY) {
        actions = actions.where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('actionAssignee')
                .select('actionAssignee.personId')
                .whereRef('actionAssignee.actionId', '=', 'action.id')
                .where(isStanding),
            ),
          ),
        )
      } else if (assignee !== null || query.handedOn) {
        actions = actions.where('action.id', 'in', (from) =>
          from
            .selectFrom('actionAssignee')
            .innerJoin('person as assignee', 'assignee.id', 'actionAssignee.personId')
            .select('actionAssignee.actionId')
            .$if(assignee !== null, (theirs) => theirs.where('assignee.address', '=', assignee))
            .$if(query.handedOn !== undefined, (theirs) =>
              theirs.where('actionAssignee.handedOnBy', 'is not', null),
            )
            .where(isStanding),
        )
      }
      const { rows, next } = toPage(await actions.execute(), query.limit)
      return { items: rows.map(toActionView), next }
    },
  )

  server.get(
    '/api/actions/:id',
    {
      config: { right: { scope: 'requests:read', role: 'member' } },
      schema: {
        tags,
        operationId: 'getAction',
        summary: 'One action, with what the caller may do about it',
        params: byId,
        response: { 200: actionDetail, default: problemResponse },
      },
    },
    ({ caller, params }) => loadAction(caller, params.id),
  )

  server.post(
    '/api/actions/:id/decide',
    {
      config: { right: { scope: 'actions:decide', role: 'member' } },
      schema: {
        tags,
        operationId: 'decideAction',
        summary: 'Answer an action',
        description:
          'The first answer counts, whichever way it came; a later one is refused with `already-decided`.',
        params: byId,
        body: z.strictObject({
          result: z.string().min(1).max(30).describe('Of the question that decides'),
          answers: answersByQuestion
            .default({})
            .describe('To the further questions, as text: a result, `1234.5`, `1250.00`, `2026-07-15`'),
          comment,
        }),
        response: { 200: actionDetail, default: problemResponse },
      },
    },
    async ({ caller, params, body }) => {
      const person = personOf(caller)
      const door = caller.kind === 'person' && caller.by === 'session' ? 'portal' : 'api'
      await loadAction(caller, params.id)
      const outcome = await context.db.transaction().execute((tx) =>
        recordDecision(tx, context, {
          actionId: params.id,
          personId: person.id,
          ...{ result: body.result, answers: body.answers, comment: body.comment },
          door,
          inboundMessageId: null,
          rawSha256: null,
          evidence: evidenceOf(caller),
        }),
      )
      if (outcome.outcome !== 'decided') throw await refusalOf(context.db, outcome, body.result)
      reached('action-decided', { door })
      return loadAction(caller, params.id)
    },
  )

  server.post(
    '/api/actions/:id/reassign',
    {
      config: { right: { scope: 'actions:decide', role: 'member' } },
      schema: {
        tags,
        operationId: 'reassignAction',
        summary: 'Give an open action to somebody else',
        description:
          'Assignees hand on their own part, to whom the step lets them (`delegation`); administrators give the whole ' +
          'action to anybody. An assignee’s comment goes to whoever is asked now.',
        params: byId,
        body: z.strictObject({ to: address, comment }),
        response: { 204: z.undefined(), default: problemResponse },
      },
    },
    async ({ caller, params, body }, reply) => {
      const actor = personOf(caller)
      await loadAction(caller, params.id)
      const to = await findPersonByAddress(context.db, body.to)
      if (to === null) throw new AppError('person-not-found', { person: body.to })
      const reassignment = { actionId: params.id, to, actor, comment: body.comment, proof: null }
      const outcome = await context.db
        .transaction()
        .execute((tx) => reassignAction(tx, context, reassignment))
      if (outcome !== 'yes') throw new AppError(outcome)
      return reply.code(204).send()
    },
  )

  /** The action, for a caller who may see its request: one they may not see does not exist for them. */
  async function loadAction(caller: Caller, id: string): Promise<z.output<typeof actionDetail>> {
    const row = await selectActions(context.db)
      .where('action.id', '=', id)
      .where('action.requestId', 'in', readableRequests(context.db, caller))
      .executeTakeFirst()
    if (!row) throw new AppError('action-not-found', { action: id })
    return toActionDetail(context.db, caller, row)
  }
}

/** Whose to-do list is wanted, by address: `NOBODY` for what waits for nobody, null for everybody's. */
function wantedAssignee(caller: Caller, asked: string | undefined): string | null {
  if (asked === undefined) return caller.kind === 'operator' ? null : caller.person.address
  const folded = foldAddress(asked)
  if (!seesEverything(caller) && folded !== personOf(caller).address) throw new AppError('not-allowed')
  return folded
}

/** What they proved with who they are, for the record. */
function evidenceOf(caller: Caller): object {
  if (caller.kind === 'operator') return { apiTokenId: null }
  return caller.by === 'token' ? { apiTokenId: caller.tokenId } : { sessionId: caller.sessionId }
}
