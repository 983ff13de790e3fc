import { MailError } from '../errors.ts'
import type { SettleMode, SettleOutcome } from '../mailbox.ts'
import { trash } from './folders.ts'
import type { ImapSession, OpenFolder } from './imap-session.ts'
import { narrowDown } from './narrow-down.ts'
import type { ProcessedFolder } from './processed-folder.ts'
import { groupByFolder, type PlaceGroup, readProviderId, writeProviderId } from './provider-id.ts'

type Outcome = Omit<SettleOutcome, 'providerId'>

/** Settles messages of the open folder. Gives the new ids of those that have one. */
type Settling = (folder: OpenFolder, uids: number[]) => Promise<Map<number, string>>

const settled: Outcome = { newProviderId: null, error: null }

/**
 * Puts messages aside. One outcome per id, in order; a message that is gone counts as settled, also one whose folder
 * has another UIDVALIDITY now: it is met again under a new id.
 */
export async function settle(
  ids: string[],
  mode: SettleMode,
  { session, folder }: { session: ImapSession; folder: ProcessedFolder },
  signal: AbortSignal,
): Promise<SettleOutcome[]> {
  const outcomes = new Map<string, Outcome>()
  const settling = settlings[mode](folder)
  for (const group of groupByFolder(ids.flatMap((id) => readProviderId(id) ?? []))) {
    for (const [id, outcome] of await settleGroup(group, settling, session, signal)) outcomes.set(id, outcome)
  }
  return ids.map((providerId) => ({ providerId, ...(outcomes.get(providerId) ?? settled) }))
}

async function settleGroup(
  { path, uidValidity, uids }: PlaceGroup,
  settling: Settling,
  session: ImapSession,
  signal: AbortSignal,
): Promise<Map<string, Outcome>> {
  const newIds = new Map<number, string>()
  const outcomeOf = (uid: number, error: MailError | null): [string, Outcome] => [
    writeProviderId({ path, uidValidity, uid }),
    { newProviderId: newIds.get(uid) ?? null, error: newIds.has(uid) ? null : error },
  ]
  try {
    const refused = await session.inFolder(
      () => path,
      'write',
      signal,
      async (open) => {
        if (open.mailbox.uidValidity !== uidValidity) return null
        return narrowDown(uids, async (some) => {
          for (const [uid, id] of await settling(open, some)) newIds.set(uid, id)
        })
      },
    )
    return new Map(uids.map((uid) => outcomeOf(uid, refused?.get(uid) ?? null)))
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    return new Map(uids.map((uid) => outcomeOf(uid, error)))
  }
}

const settlings: Record<SettleMode, (folder: ProcessedFolder) => Settling> = {
  move: (folder) => async (open, uids) => {
    const { connection } = open
    try {
      return await moveTo(open, uids, await folder.path(connection))
    } catch (error) {
      // Somebody deleted the folder: it is looked for again, and created.
      if (!(error instanceof MailError) || error.kind !== 'not-found') throw error
      folder.forget()
      return await moveTo(open, uids, await folder.path(connection))
    }
  },
  'mark-read': () => async (open, uids) => {
    await store(open, uids, '\\Seen')
    return new Map()
  },
  delete: () => async (open, uids) => {
    const path = trash(open.connection)
    if (path !== null) return moveTo(open, uids, path)
    await remove(open, uids)
    return new Map()
  },
}

/** By MOVE (RFC 6851), or by the steps of which it is made where the server does not have it. */
async function moveTo(open: OpenFolder, uids: number[], path: string): Promise<Map<number, string>> {
  const { connection } = open
  const range = uids.join(',')
  const moves = connection.client.capabilities.has('MOVE')
  const { uidMap, uidValidity } = await connection.command((client) =>
    moves ? client.messageMove(range, path, { uid: true }) : client.messageCopy(range, path, { uid: true }),
  )
  if (!moves) await remove(open, uids)
  // Without UIDPLUS nobody tells where they are now; what is not in the map was gone.
  if (uidMap === undefined || uidValidity === undefined) return new Map()
  return new Map([...uidMap].map(([uid, moved]) => [uid, writeProviderId({ path, uidValidity, uid: moved })]))
}

/**
 * Removes for good. Without UIDPLUS (RFC 4315) the messages are only flagged: EXPUNGE would take those along that a
 * person has flagged, too.
 */
async function remove(open: OpenFolder, uids: number[]): Promise<void> {
  const { connection } = open
  if (connection.client.capabilities.has('UIDPLUS')) {
    await connection.command((client) => client.messageDelete(uids.join(','), { uid: true }))
  } else {
    await store(open, uids, '\\Deleted')
  }
}

async function store({ connection }: OpenFolder, uids: number[], flag: string): Promise<void> {
  await connection.command((client) => client.messageFlagsAdd(uids.join(','), [flag], { uid: true }))
}
