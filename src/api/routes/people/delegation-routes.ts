import { z } from 'zod'
import { AppError } from '../../../lib/app-error.ts'
import { endDelegation, recordDelegation } from '../../../people/delegations.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { type Caller, demandRight, seesEverything } from '../../caller.ts'
import { address, byId } from '../../common-schemas.ts'
import { pageOf, pageQuery, toPage } from '../../paging.ts'
import { problemResponse } from '../../problem-details.ts'
import { delegationView, selectDelegations, toDelegationView } from './delegation-view.ts'

const tags = ['people']

/** Absences: whom the actions go to that open while somebody is away. Everybody has their own; administrators, all. */
export function delegationRoutes(server: ApiServer, { context }: ApiParts): void {
  const read = (id: string, delegationId: string) =>
    selectDelegations(context.db)
      .where('delegation.id', '=', delegationId)
      .where('delegation.personId', '=', id)
      .executeTakeFirstOrThrow()
      .then((row) => toDelegationView(row, context.clock()))

  server.get(
    '/api/people/:id/delegations',
    {
      config: { right: { scope: 'requests:read', role: 'member' } },
      schema: {
        tags,
        operationId: 'listDelegations',
        summary: 'The absences of a person, or those in which they stand in for others, newest first',
        description: 'One’s own; administrators and auditors read those of all.',
        params: byId,
        querystring: z.strictObject({
          ...pageQuery(z.uuid()),
          as: z.enum(['away', 'stand-in']).default('away').describe('In which part the person is in them'),
          ahead: z.literal('true').optional().describe('Those alone that run or are planned'),
        }),
        response: { 200: pageOf(delegationView), default: problemResponse },
      },
    },
    async ({ caller, params, query }) => {
      if (!isSelf(caller, params.id) && !seesEverything(caller)) throw new AppError('not-allowed')
      const now = context.clock()
      let delegations = selectDelegations(context.db)
        .where(query.as === 'away' ? 'delegation.personId' : 'delegation.toId', '=', params.id)
        .orderBy('delegation.id', 'desc')
        .limit(query.limit + 1)
      if (query.ahead) {
        delegations = delegations.where('delegation.endedAt', 'is', null).where('delegation.endsAt', '>', now)
      }
      if (query.after !== undefined) delegations = delegations.where('delegation.id', '<', query.after)
      const { rows, next } = toPage(await delegations.execute(), query.limit)
      return { items: rows.map((row) => toDelegationView(row, now)), next }
    },
  )

  server.post(
    '/api/people/:id/delegations',
    {
      config: { right: { scope: 'actions:decide', role: 'member' } },
      schema: {
        tags,
        operationId: 'recordDelegation',
        summary: 'Record an absence, and whom the actions go to that open in it',
        description:
          'One’s own, within what each step lets its assignees do (`delegation`); administrators record it for anybody, ' +
          'for every step. Actions that are open already stay where they are.',
        params: byId,
        body: z.strictObject({
          to: address,
          startsAt: z.iso.datetime({ offset: true }),
          endsAt: z.iso.datetime({ offset: true }).describe('The first moment after it'),
          note: z.string().trim().max(500).default('').describe('For whoever is asked instead'),
        }),
        response: { 201: delegationView, default: problemResponse },
      },
    },
    async ({ caller, params, body }, reply) => {
      const actorId = changing(caller, params.id)
      const id = await recordDelegation(context, {
        personId: params.id,
        ...{ to: body.to, note: body.note, actorId },
        startsAt: new Date(body.startsAt),
        endsAt: new Date(body.endsAt),
      })
      return reply.code(201).send(await read(params.id, id))
    },
  )

  server.delete(
    '/api/people/:id/delegations/:delegationId',
    {
      config: { right: { scope: 'actions:decide', role: 'member' } },
      schema: {
        tags,
        operationId: 'endDelegation',
        summary: 'End an absence, or take one back that is planned',
        description:
          'Actions that open from now on go to the person again; those that went to the other stay there.',
        params: z.strictObject({ id: z.uuid(), delegationId: z.uuid() }),
        response: { 204: z.undefined(), default: problemResponse },
      },
    },
    async ({ caller, params }, reply) => {
      const actorId = changing(caller, params.id)
      await endDelegation(context, { id: params.delegationId, personId: params.id, actorId })
      return reply.code(204).send()
    },
  )
}

const isSelf = (caller: Caller, id: string): boolean => caller.kind === 'person' && caller.person.id === id

/** Who changes the absences of this person, for the record. Throws `not-allowed`, `scope-missing`. */
function changing(caller: Caller, id: string): string | null {
  if (!isSelf(caller, id)) demandRight(caller, { scope: 'people:write', role: 'administrator' })
  return caller.kind === 'operator' ? null : caller.person.id
}
