/** Waiting for new mail by a streaming subscription, which only ever shortens the wait for the next poll. */
import type { Log } from '../../lib/log.ts'
import { MailError } from '../errors.ts'
import type { EwsClient } from './ews-client.ts'
import type { FolderRef } from './ids.ts'
import { getStreamingEvents } from './operations/get-streaming-events.ts'
import { subscribe } from './operations/subscribe.ts'
import { unsubscribe } from './operations/unsubscribe.ts'

export interface NewMailWait {
  /**
   * Returns when mail may have arrived since the last return: an event came, or a connection was opened, since
   * Exchange repeats nothing that happened before, or it ended. Returns at once when `signal` is aborted. Throws
   * `MailError` when the mailbox cannot be listened to.
   */
  wait(signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

/** Ends a connection without being a failure: 90 seconds without a heartbeat. */
const silence = 'UND_ERR_BODY_TIMEOUT'

/**
 * One connection is kept over several waits, so that nothing falls between them; Exchange closes it after 30 minutes,
 * and the next wait opens another on the same subscription.
 */
export function newMailWait(client: EwsClient, folders: FolderRef[], log: Log): NewMailWait {
  const closing = new AbortController()
  let subscription: string | null = null
  let listening = false
  let failure: MailError | null = null
  let arrived = Promise.withResolvers<void>()

  async function listen(): Promise<void> {
    const reused = subscription !== null
    try {
      subscription ??= await client.call(subscribe(folders), closing.signal)
      let envelopes = 0
      for await (const event of client.stream(getStreamingEvents(subscription), closing.signal)) {
        if (event === 'closed') break
        if (event === 'new-mail' || envelopes === 0) arrived.resolve()
        envelopes += 1
      }
      // A connection that lasts has had a heartbeat. One that does not would be opened again and again.
      if (envelopes < 2) throw shortLived()
    } catch (error) {
      if (!(error instanceof MailError)) throw error
      log.debug({ err: error }, 'the connection for new mail ended')
      if (error.providerCode === silence || closing.signal.aborted) return
      // A subscription that ran out is made anew by the next wait; one that was lost at birth would be for ever.
      const ranOut = error.retry === 'now'
      if (ranOut) subscription = null
      if (!(ranOut && reused)) failure = error
    } finally {
      listening = false
      arrived.resolve()
    }
  }

  return {
    async wait(signal) {
      if (!listening) {
        listening = true
        void listen()
      }
      await settledOrAborted(arrived.promise, signal)
      if (signal.aborted) return
      arrived = Promise.withResolvers<void>()
      const error = failure
      failure = null
      if (error !== null) throw error
    },
    async close() {
      closing.abort()
      if (subscription === null) return
      // A mailbox has 20 subscriptions; one left behind counts until it runs out after half an hour.
      await client.call(unsubscribe(subscription), AbortSignal.timeout(2_000)).catch((error: unknown) => {
        log.debug({ err: error }, 'the subscription is left to run out')
      })
    },
  }
}

function shortLived(): MailError {
  return new MailError('The connection for new mail ended as soon as it was open', {
    kind: 'unavailable',
    retry: 'later',
    providerCode: 'stream-ended',
  })
}

async function settledOrAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<void>()
  const abort = () => aborted.resolve()
  if (signal.aborted) return
  signal.addEventListener('abort', abort, { once: true })
  try {
    await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
