import type { MailboxObject } from 'imapflow'
import { MailError } from '../errors.ts'
import { networkError } from '../network-error.ts'
import type { Where } from './folders.ts'
import { connectImap, type ImapConnection } from './imap-connection.ts'
import { isRefusal } from './imap-errors.ts'
import type { ImapParts, ImapSettings } from './imap-settings.ts'
import { inTurn } from './in-turn.ts'

/** A folder that is selected, and the connection that is ours as long as we work in it. */
export interface OpenFolder {
  connection: ImapConnection
  mailbox: MailboxObject
}

/**
 * The mailbox over one connection that is kept between calls. IMAP works in one folder at a time, so that calls take
 * turns. Aborting a call that is under way ends the connection; the next call opens another.
 */
export interface ImapSession {
  /** Runs `work` alone on the connection. Throws `MailError`, also when there is no connection to be had. */
  run<Answer>(signal: AbortSignal, work: (connection: ImapConnection) => Promise<Answer>): Promise<Answer>
  /** Runs `work` in a folder, opened anew, so that it is seen as it is now; null when there is no such folder. */
  inFolder<Answer>(
    where: Where,
    access: 'read' | 'write',
    signal: AbortSignal,
    work: (folder: OpenFolder) => Promise<Answer>,
  ): Promise<Answer | null>
  close(): void
}

/** After so long without a command the server may have ended the connection, which shows only at the next one. */
const freshMs = 5_000

export function imapSession(settings: ImapSettings, parts: ImapParts): ImapSession {
  const closing = new AbortController()
  let kept: ImapConnection | null = null
  const turn = inTurn()

  /** Ends the connection; the next call opens another. */
  function drop(): void {
    kept?.close()
    kept = null
  }

  async function ready(signal: AbortSignal): Promise<ImapConnection> {
    if (kept !== null && (await isAlive(kept))) return kept
    kept = await connectImap(settings, parts, signal)
    return kept
  }

  const session: ImapSession = {
    run(asked, work) {
      return turn(async () => {
        const signal = AbortSignal.any([asked, closing.signal])
        if (signal.aborted) throw networkError(signal.reason, settings.imap.host)
        signal.addEventListener('abort', drop, { once: true })
        try {
          return await work(await ready(signal))
        } catch (error) {
          // Signed in, but shut; throttled; cut in the middle of an answer: what it would say next is anybody's guess.
          if (!(error instanceof MailError && isRefusal(error))) drop()
          throw error
        } finally {
          signal.removeEventListener('abort', drop)
        }
      })
    },
    inFolder: (where, access, signal, work) =>
      session.run(signal, async (connection) => {
        const path = where(connection)
        const mailbox = path && (await connection.select(path, access).catch(nullWhenMissing))
        return mailbox ? work({ connection, mailbox }) : null
      }),
    close() {
      closing.abort()
      drop()
    },
  }
  return session
}

async function isAlive({ client }: ImapConnection): Promise<boolean> {
  const quietMs = Date.now() - (client.lastClientWrite ?? 0)
  if (client.usable && quietMs > freshMs) await client.noop()
  return client.usable
}

function nullWhenMissing(error: unknown): null {
  if (error instanceof MailError && error.kind === 'not-found') return null
  throw error
}
