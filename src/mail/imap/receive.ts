import { MailError } from '../errors.ts'
import type { FailedItem, Received, ReceiveRequest } from '../mailbox.ts'
import type { ArrivalFolder, Folder } from '../message.ts'
import { whatFits } from '../receive-in-pages.ts'
import { type Cursor, readCursor, writeCursor } from './cursor.ts'
import { fetchMessages, findOurs, idIn } from './fetch-messages.ts'
import { inbox, junk, pathUnderInbox, trash, type Where } from './folders.ts'
import type { ImapSession, OpenFolder } from './imap-session.ts'
import type { ListedMessage } from './message-head.ts'

/** Heads that are asked for in one command. */
const pageSize = 250

/** Pages that one call goes through, so that attaching a mailbox with much recent mail stays bounded work. */
const pagesPerCall = 16

const dayMs = 24 * 60 * 60_000

/** Where they are; Processed by its name. */
const places = (processed: string): Record<Folder, Where> => ({
  inbox,
  junk,
  processed: (connection) => pathUnderInbox(connection, processed),
  deleted: trash,
})

/** One call of `receive` on its way. */
interface Progress {
  request: ReceiveRequest
  maxMessageBytes: number
  cursor: Cursor
  received: Received
  pages: number
}

/**
 * New messages of ours in the folders. A folder's position moves past a page of UIDs once all of the page is returned
 * or named as failed; before that the page is looked at again, and what is stored already is skipped by `isKnown`.
 * Throws `MailError` only when there is nothing to return.
 */
export async function receive(
  request: ReceiveRequest,
  settings: { folders: ArrivalFolder[]; processedFolder: string; maxMessageBytes: number },
  session: ImapSession,
): Promise<Received> {
  const received: Received = { messages: [], failed: [], cursor: '', more: false }
  const cursor = readCursor(request.cursor)
  const { maxMessageBytes } = settings
  const progress: Progress = { request, maxMessageBytes, cursor, received, pages: 0 }
  const finish = (more: boolean): Received => ({ ...received, cursor: writeCursor(cursor), more })
  const { signal } = request
  try {
    for (const folder of [...settings.folders, ...(request.alsoIn ?? [])]) {
      const where = places(settings.processedFolder)[folder]
      const done = await session.inFolder(where, 'read', signal, (open) =>
        receiveFrom(open, folder, progress),
      )
      if (done === false) return finish(true)
    }
    return finish(false)
  } catch (error) {
    // What was fetched is handed over; the next call meets the failure again if it lasts.
    if (error instanceof MailError && received.messages.length > 0) return finish(true)
    throw error
  }
}

/** Goes through what is new in one folder. False when there is more than this call may return. */
async function receiveFrom(open: OpenFolder, folder: Folder, progress: Progress): Promise<boolean> {
  const { request, cursor, received } = progress
  const { uidValidity, uidNext } = open.mailbox
  const position = cursor[folder]
  // Another UIDVALIDITY, and no UID means what it meant: the folder is read anew.
  const after = position?.uidValidity === uidValidity ? position.uid : 0
  const uids = uidNext === after + 1 ? [] : await uidsAfter(open, after, request.startFrom)

  for (let start = 0; start < uids.length; start += pageSize) {
    const count = received.messages.length + received.failed.length
    if (count >= request.limit.messages || progress.pages === pagesPerCall) return false
    progress.pages += 1

    const page = uids.slice(start, start + pageSize)
    const { ours, failed } = await oursOn(open, page, request)
    received.failed.push(...failed)
    const fitting = whatFits(ours, received, request.limit)
    const fetched = await fetchMessages(open, fitting, { folder, largest: progress.maxMessageBytes })
    received.messages.push(...fetched.messages)
    received.failed.push(...fetched.failed)
    if (fetched.stoppedBy !== null) throw fetched.stoppedBy
    if (fitting.length < ours.length) return false
    cursor[folder] = { uidValidity, uid: page.at(-1) ?? after }
  }
  // What lies below UIDNEXT and was not listed is older than we read, or gone. Some servers do not tell UIDNEXT.
  cursor[folder] = { uidValidity, uid: Math.max(after, uids.at(-1) ?? 0, (uidNext ?? 1) - 1) }
  return true
}

/**
 * The UIDs there are beyond one, in order. The server leaves out what is older by days, so that attaching a mailbox
 * full of old mail costs one command; SINCE compares dates in a time zone of its own, hence the day before.
 */
async function uidsAfter({ connection }: OpenFolder, uid: number, startFrom: Date): Promise<number[]> {
  const since = new Date(startFrom.getTime() - dayMs)
  const query = { uid: `${uid + 1}:*`, ...(since.getTime() > 0 ? { since } : {}) }
  const found = await connection.command((client) => client.search(query, { uid: true }))
  // `42:*` is never empty: it holds the last message, whatever its UID (RFC 9051, 6.4.9).
  return found.filter((one) => one > uid).sort((a, b) => a - b)
}

/** Which messages of a page are new, recent and ours. */
async function oursOn(
  open: OpenFolder,
  page: number[],
  { isKnown, areOurs, startFrom }: ReceiveRequest,
): Promise<{ ours: ListedMessage[]; failed: FailedItem[] }> {
  const known = await isKnown(page.map((uid) => idIn(open, uid)))
  const fresh = page.filter((uid) => !known.has(idIn(open, uid)))
  const { ours, failed } = await findOurs(open, fresh, areOurs)
  return { ours: ours.filter(({ receivedAt }) => !(receivedAt < startFrom)), failed }
}
