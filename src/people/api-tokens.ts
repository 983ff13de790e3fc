import { createHash, randomBytes } from 'node:crypto'
import { AppError } from '../lib/app-error.ts'
import { after } from '../lib/clock.ts'
import { newId } from '../lib/new-id.ts'
import type { Context } from '../store/context.ts'
import { findPerson, type Person } from './find-person.ts'

/** What a token may be used for. What its person may do limits it further. */
export const apiScopes = [
  'requests:read',
  'requests:write',
  'actions:decide',
  'processes:write',
  'people:read',
  'people:write',
  'messages:read',
  'messages:write',
  'mailboxes:write',
  'tokens:write',
  'audit:read',
] as const

export type ApiScope = (typeof apiScopes)[number]

/** The prefix lets secret scanners recognise a token that was published by mistake. */
const PREFIX = 'cst_'
/** 256 random bits, so a plain SHA-256 protects them: there is nothing to guess. */
const SECRET_BYTES = 32
/** `lastUsedAt` is written at most so often: a busy caller would otherwise cost a commit a call. */
const LAST_USED_MS = 60_000

export interface NewApiToken {
  personId: string
  name: string
  scopes: ApiScope[]
  expiresAt: Date | null
}

/** Whom a token stands for. */
export interface TokenHolder {
  tokenId: string
  person: Person
  scopes: ReadonlySet<ApiScope>
  expiresAt: Date | null
}

/** Makes a token. The secret is returned here and never again: only its hash is kept. */
export async function createApiToken(
  context: Pick<Context, 'db' | 'clock'>,
  input: NewApiToken,
): Promise<{ id: string; token: string }> {
  const token = PREFIX + randomBytes(SECRET_BYTES).toString('base64url')
  const id = newId()
  await context.db
    .insertInto('apiToken')
    .values({
      id,
      hash: hashOf(token),
      personId: input.personId,
      name: input.name,
      scopes: JSON.stringify([...new Set(input.scopes)]),
      createdAt: context.clock(),
      expiresAt: input.expiresAt,
      revokedAt: null,
      lastUsedAt: null,
    })
    .execute()
  return { id, token }
}

/** The active person behind a token that is neither revoked nor expired; null otherwise. */
export async function findTokenHolder(
  context: Pick<Context, 'db' | 'clock'>,
  token: string,
): Promise<TokenHolder | null> {
  const now = context.clock()
  const row = await context.db
    .selectFrom('apiToken')
    .selectAll()
    .where('hash', '=', hashOf(token))
    .where('revokedAt', 'is', null)
    .where((where) => where.or([where('expiresAt', 'is', null), where('expiresAt', '>', now)]))
    .executeTakeFirst()
  if (!row) return null
  const person = await findPerson(context.db, row.personId)
  if (!person?.active) return null
  if (row.lastUsedAt === null || row.lastUsedAt <= after(now, -LAST_USED_MS)) {
    await context.db.updateTable('apiToken').set({ lastUsedAt: now }).where('id', '=', row.id).execute()
  }
  return {
    tokenId: row.id,
    person,
    scopes: new Set(row.scopes.filter(isApiScope)),
    expiresAt: row.expiresAt,
  }
}

/**
 * Takes a token out of use for good. `personId` limits it to that person's tokens.
 * Throws `token-not-found`, also for a token that was revoked before.
 */
export async function revokeApiToken(
  context: Pick<Context, 'db' | 'clock'>,
  input: { tokenId: string; personId: string | null },
): Promise<void> {
  let query = context.db
    .updateTable('apiToken')
    .set({ revokedAt: context.clock() })
    .where('id', '=', input.tokenId)
    .where('revokedAt', 'is', null)
  if (input.personId !== null) query = query.where('personId', '=', input.personId)
  const revoked = await query.returning('id').executeTakeFirst()
  if (!revoked) throw new AppError('token-not-found', { token: input.tokenId })
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** A scope that a later version dropped gives nothing. */
function isApiScope(scope: string): scope is ApiScope {
  return (apiScopes as readonly string[]).includes(scope)
}
