/** Waiting for new mail by IDLE (RFC 2177), which only ever shortens the wait for the next poll. */
import { once } from 'node:events'
import type { Log } from '../../lib/log.ts'
import { MailError } from '../errors.ts'
import { inboxPath } from './folders.ts'
import { connectImap, type ImapConnection } from './imap-connection.ts'
import type { ImapParts, ImapSettings } from './imap-settings.ts'

export interface NewMailWait {
  /**
   * Returns when mail may have arrived in INBOX since the last return: the server said so, or a connection was opened,
   * since nothing tells what came before. Returns at once when `signal` is aborted. Throws `MailError` when the mailbox
   * cannot be listened to, or no longer; the next call opens another connection.
   */
  wait(signal: AbortSignal): Promise<void>
  close(): void
}

/**
 * Listens on a connection of its own, which is kept over several waits so that nothing falls between them. Only one
 * folder can be listened to on a connection: what arrives in Junk is found by the next poll.
 */
export function newMailWait(settings: ImapSettings, parts: ImapParts): NewMailWait {
  const closing = new AbortController()
  let listening = false
  let failure: MailError | null = null
  let arrived = Promise.withResolvers<void>()

  async function listen(): Promise<void> {
    let connection: ImapConnection | null = null
    const close = () => connection?.close()
    try {
      connection = await connectImap(settings, parts, closing.signal)
      const { client } = connection
      closing.signal.addEventListener('abort', close)
      client.on('exists', ({ count, prevCount }) => {
        if (count > prevCount) arrived.resolve()
      })
      await connection.select(inboxPath, 'read')
      if (!client.capabilities.has('IDLE')) throw noIdle(settings)
      arrived.resolve()
      await connection.command(async (flow) => (await flow.idle()) !== false)
    } catch (error) {
      if (!(error instanceof MailError)) throw error
      if (!closing.signal.aborted) failure = error
    } finally {
      closing.signal.removeEventListener('abort', close)
      close()
      listening = false
      arrived.resolve()
      logEnd(parts.log, failure)
    }
  }

  return {
    async wait(signal) {
      if (!listening) {
        listening = true
        void listen()
      }
      const returned = new AbortController()
      if (!signal.aborted) {
        const aborted = once(signal, 'abort', { signal: returned.signal }).catch(() => {})
        await Promise.race([arrived.promise, aborted])
        returned.abort()
      }
      if (signal.aborted) return
      arrived = Promise.withResolvers<void>()
      const error = failure
      failure = null
      if (error !== null) throw error
    },
    close: () => closing.abort(),
  }
}

function logEnd(log: Log, failure: MailError | null): void {
  log.debug(failure === null ? {} : { err: failure }, 'the connection for new mail ended')
}

function noIdle({ imap: { host } }: ImapSettings): MailError {
  return new MailError(`${host} has no IDLE`, {
    kind: 'protocol',
    retry: 'later',
    providerCode: 'no-idle',
    messageKey: 'imap.no-idle',
    messageValues: { host },
  })
}
