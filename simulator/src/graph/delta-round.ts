import { check, isFromZero, isObject, isString, orNull } from '../check-json.ts'
import type { SyncPosition } from '../mail/change-log.ts'
import type { Folder } from '../mail/folder.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import { GraphError, graphErrors } from './graph-error.ts'
import { readOptions } from './odata/query-options.ts'
import type { GraphRequest } from './request.ts'

const queryOptions = ['$select', '$expand', '$filter', '$top', 'changeType'] as const

/** How far a client has come with a folder, and what it asked for at the start: the links of a round keep both. */
export interface DeltaRound {
  options: Partial<Record<(typeof queryOptions)[number], string>>
  /** `null` before the first page. */
  position: SyncPosition | null
  /** Id of the last message on the page before. */
  lastId: string | null
}

/** Either kind of token holds the same; the name tells the client whether the round is over. */
export type TokenName = '$skiptoken' | '$deltatoken'

/**
 * The round that a request goes on with, or a new one without a token or with an empty one.
 * @throws GraphError 410 SyncStateNotFound with the Location to start anew, when the mailbox has forgotten its states;
 * 400 for a token that is none of this folder's
 */
export function readRound(request: GraphRequest, mailbox: Mailbox, folder: Folder): DeltaRound {
  const { $skiptoken, $deltatoken, ...options } = readOptions(request.query, [
    '$skiptoken',
    '$deltatoken',
    ...queryOptions,
  ])
  const token = $skiptoken || $deltatoken
  if (!token) return { options, position: null, lastId: null }
  if (Object.keys(options).length > 0)
    throw graphErrors.badRequest(
      'A link is followed as it is: it keeps the query options of the first request.',
    )
  const { folderId, syncAge, ...round } = parseToken(token)
  if (folderId !== folder.id) throw unknownState()
  if (syncAge !== mailbox.syncAge) throw forgotten(request, round.options)
  return round
}

/** The URL that goes on with a round. */
export function linkTo(
  { origin, path }: GraphRequest,
  name: TokenName,
  mailbox: Mailbox,
  folder: Folder,
  round: DeltaRound,
): string {
  const token = JSON.stringify({ ...round, folderId: folder.id, syncAge: mailbox.syncAge })
  return `${origin}${path}?${name}=${Buffer.from(token).toString('base64url')}`
}

type Token = DeltaRound & { folderId: string; syncAge: number }

function parseToken(token: string): Token {
  try {
    const checks = {
      folderId: isString,
      syncAge: isFromZero,
      options: isObject,
      position: (value: unknown) => Boolean(check(value, { created: isFromZero, changed: isFromZero })),
      lastId: orNull(isString),
    }
    const text = Buffer.from(token, 'base64url').toString()
    return check(JSON.parse(text), checks, Object.keys(checks)) as unknown as Token
  } catch {
    throw unknownState()
  }
}

function unknownState(): GraphError {
  return new GraphError(400, 'SyncStateNotFound', 'The sync state generation is not found.')
}

function forgotten({ origin, path }: GraphRequest, options: DeltaRound['options']): GraphError {
  const start = new URLSearchParams({ ...options, $deltatoken: '' })
  const message = 'The sync state generation is not found; start again without a token.'
  return new GraphError(410, 'SyncStateNotFound', message, { location: `${origin}${path}?${start}` })
}
