import { z } from 'zod'
import { AppError } from '../../../lib/app-error.ts'
import { type ApiScope, apiScopes, createApiToken, revokeApiToken } from '../../../people/api-tokens.ts'
import { findPersonByAddress, type Person } from '../../../people/find-person.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { type Caller, isAdministrator } from '../../caller.ts'
import { address, byId, personRef, timestamp } from '../../common-schemas.ts'
import { pageOf, pageQuery, toPage } from '../../paging.ts'
import { personRefOf } from '../../person-ref.ts'
import { problemResponse } from '../../problem-details.ts'

const tags = ['tokens']
const scopes = z.array(z.enum(apiScopes))

const tokenView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    person: personRef,
    scopes,
    createdAt: timestamp,
    expiresAt: timestamp.nullable(),
    revokedAt: timestamp.nullable(),
    lastUsedAt: timestamp.nullable().describe('Exact to the minute'),
  })
  .meta({ id: 'ApiToken' })

/** API tokens: people make and revoke their own, the operator anybody's; administrators see and revoke all. */
export function tokenRoutes(server: ApiServer, { context }: ApiParts): void {
  server.post(
    '/api/tokens',
    {
      config: { right: { scope: 'tokens:write', role: 'member' } },
      schema: {
        tags,
        operationId: 'createToken',
        summary: 'Make an API token',
        description: 'The token is in this answer only. It can give no more than the token that makes it.',
        body: z.strictObject({
          name: z.string().trim().min(1).max(100),
          scopes: scopes.min(1).max(apiScopes.length),
          expiresAt: z.iso.datetime({ offset: true }).nullable().default(null),
          person: address.optional().describe('For the operator: whose token it is'),
        }),
        response: {
          201: z.object({ id: z.uuid(), token: z.string(), person: personRef, scopes }),
          default: problemResponse,
        },
      },
    },
    async ({ caller, body }, reply) => {
      const person = await findOwner(caller, body.person)
      const expiresAt = body.expiresAt === null ? null : new Date(body.expiresAt)
      refuseMore(caller, { scopes: body.scopes, expiresAt })
      const { id, token } = await createApiToken(context, {
        personId: person.id,
        name: body.name,
        scopes: body.scopes,
        expiresAt,
      })
      context.log.info({ tokenId: id, person: person.address, scopes: body.scopes }, 'API token made')
      return reply.code(201).send({ id, token, person, scopes: body.scopes })
    },
  )

  server.get(
    '/api/tokens',
    {
      config: { right: { scope: 'tokens:write', role: 'member' } },
      schema: {
        tags,
        operationId: 'listTokens',
        summary: 'API tokens, newest first: one’s own, or all for administrators',
        querystring: z.strictObject(pageQuery(z.uuid())),
        response: { 200: pageOf(tokenView), default: problemResponse },
      },
    },
    async ({ caller, query }) => {
      let tokens = context.db
        .selectFrom('apiToken')
        .innerJoin('person', 'person.id', 'apiToken.personId')
        .selectAll('apiToken')
        .select((from) => personRefOf(from).as('person'))
        .orderBy('apiToken.id', 'desc')
        .limit(query.limit + 1)
      if (query.after !== undefined) tokens = tokens.where('apiToken.id', '<', query.after)
      const ownerId = ownerLimit(caller)
      if (ownerId !== null) tokens = tokens.where('apiToken.personId', '=', ownerId)
      const { rows, next } = toPage(await tokens.execute(), query.limit)
      return {
        items: rows.map((row) => ({
          id: row.id,
          name: row.name,
          person: row.person,
          scopes: row.scopes as ApiScope[],
          createdAt: row.createdAt.toISOString(),
          expiresAt: row.expiresAt?.toISOString() ?? null,
          revokedAt: row.revokedAt?.toISOString() ?? null,
          lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
        })),
        next,
      }
    },
  )

  server.delete(
    '/api/tokens/:id',
    {
      config: { right: { scope: 'tokens:write', role: 'member' } },
      schema: {
        tags,
        operationId: 'revokeToken',
        summary: 'Take an API token out of use for good',
        params: byId,
        response: { 204: z.undefined(), default: problemResponse },
      },
    },
    async ({ caller, params }, reply) => {
      await revokeApiToken(context, { tokenId: params.id, personId: ownerLimit(caller) })
      return reply.code(204).send()
    },
  )

  /** Whose the new token is. Another person's token would let its maker answer in their name. */
  async function findOwner(caller: Caller, named: string | undefined): Promise<Person> {
    if (caller.kind === 'person' && named === undefined) return caller.person
    if (named === undefined) throw new AppError('person-required')
    const person = await findPersonByAddress(context.db, named)
    if (caller.kind === 'person' && person?.id !== caller.person.id) throw new AppError('not-allowed')
    if (!person) throw new AppError('person-not-found', { person: named })
    return person
  }
}

/** The person whose tokens a caller is limited to; null for no limit. */
function ownerLimit(caller: Caller): string | null {
  return caller.kind === 'operator' || isAdministrator(caller) ? null : caller.person.id
}

/** A leaked token must not buy a wider or a longer-lived one. */
function refuseMore(caller: Caller, wanted: { scopes: ApiScope[]; expiresAt: Date | null }): void {
  if (caller.kind === 'operator') return
  const outlives =
    caller.expiresAt !== null && (wanted.expiresAt === null || wanted.expiresAt > caller.expiresAt)
  if (outlives || wanted.scopes.some((scope) => !caller.scopes.has(scope))) {
    throw new AppError('token-exceeds-own')
  }
}
