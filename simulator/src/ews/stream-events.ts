import type { ServerResponse } from 'node:http'
import type { Transmission } from '../faults.ts'
import type { MailboxEvent } from '../mail/mailbox.ts'
import type { Caller } from './caller.ts'
import { openEnvelopeStream } from './envelope-stream.ts'
import { EwsError } from './ews-error.ts'
import type { Answer } from './operation.ts'
import { type Disconnect, expireWhenIdle, isAbout, type Subscription } from './subscription.ts'
import { ofExchangeServer, withBareRoot, writeResponse } from './write-answer.ts'
import { writeLostSubscriptions, writeNotification } from './write-notification.ts'
import { textElement } from './write-xml.ts'
import { childrenOf, childText, type XmlElement } from './xml-element.ts'

const HANGING_CONNECTIONS = 10

/** One answer of an open connection: told, or told as the last. */
type Tell = (answer: Answer, errorTail?: string) => void

const status = (value: 'OK' | 'Closed'): Answer => ({ content: textElement('m:ConnectionStatus', value) })
const failure = (code: string): Answer => ({ error: new EwsError(code) })

/**
 * GetStreamingEvents: one HTTP answer that stays open and holds whole SOAP envelopes, one after the other: the first
 * with ConnectionStatus OK, then notifications and heartbeats, then Closed when the asked time is over.
 * https://learn.microsoft.com/exchange/client-developer/web-service-reference/getstreamingevents-operation
 */
export function streamEvents(
  request: XmlElement,
  caller: Caller,
  response: ServerResponse,
  transmission: Transmission | null,
): void {
  const { world, tenant, mailbox } = caller
  const stream = openEnvelopeStream(response, transmission)
  const tell: Tell = (answer, errorTail = '') => {
    const envelope = writeResponse('GetStreamingEvents', [answer], errorTail)
    const served = tenant.exchangeServer ? ofExchangeServer(envelope) : envelope
    stream.write(tenant.bareStreams ? withBareRoot(served) : served)
  }
  const end: Tell = (answer, errorTail) => {
    tell(answer, errorTail)
    stream.end()
  }
  const ids = childrenOf(request, 'm:SubscriptionIds').map(({ text }) => text.trim())
  const found = ids.map((id) => findSubscription(caller, id))
  const lost = ids.filter((_, index) => !found[index])
  if (lost.length > 0) {
    end(failure('ErrorSubscriptionNotFound'), writeLostSubscriptions(lost))
    return
  }
  const hanging = world.hangingConnections.get(mailbox.address) ?? 0
  if (hanging >= HANGING_CONNECTIONS) {
    end(failure('ErrorExceededConnectionCount'))
    return
  }

  world.hangingConnections.set(mailbox.address, hanging + 1)
  tell(status('OK'))
  const minutes = Number(childText(request, 'm:ConnectionTimeout'))
  const subscriptions = found.filter((entry) => entry !== null)
  const stop = listen(caller, subscriptions, minutes * 60_000, {
    tell,
    end,
    cut: () => response.destroy(),
  })
  response.once('close', () => {
    stop()
    world.hangingConnections.set(mailbox.address, (world.hangingConnections.get(mailbox.address) ?? 1) - 1)
  })
}

/** Tells of events and heartbeats until the time is over or a newer connection takes over; the answer stops it. */
function listen(
  { world, tenant, mailbox }: Caller,
  subscriptions: Subscription[],
  timeout: number,
  { tell, end, cut }: { tell: Tell; end: Tell; cut: () => void },
): () => void {
  const notify = (event: MailboxEvent) => {
    for (const subscription of subscriptions) {
      if (isAbout(subscription, event)) tell({ content: writeNotification(subscription.id, event) })
    }
  }
  const disconnect: Disconnect = (reason) => {
    if (reason === 'closed') end(status('Closed'))
    else if (reason === 'superseded') end(failure('ErrorNewEventStreamConnectionOpened'))
    else if (reason === 'lost') {
      end(failure('ErrorSubscriptionNotFound'), writeLostSubscriptions(subscriptions.map(({ id }) => id)))
    } else cut()
  }
  let cancelHeartbeat = () => {}
  const beat = () => {
    cancelHeartbeat = world.clock.after(tenant.heartbeatSeconds * 1000, () => {
      tell(status('OK'))
      beat()
    })
  }
  const cancelTimeout = world.clock.after(timeout, () => disconnect('closed'))
  for (const subscription of subscriptions) {
    subscription.disconnect?.('superseded')
    subscription.disconnect = disconnect
    subscription.cancelExpiry()
  }
  mailbox.listeners.add(notify)
  beat()
  return () => {
    mailbox.listeners.delete(notify)
    cancelHeartbeat()
    cancelTimeout()
    for (const subscription of subscriptions) {
      if (subscription.disconnect !== disconnect) continue
      subscription.disconnect = null
      expireWhenIdle(world, subscription)
    }
  }
}

/** A subscription of this mailbox, when the request came to the server that keeps it. */
function findSubscription({ world, mailbox, headers }: Caller, id: string): Subscription | null {
  const subscription = world.subscriptions.get(id)
  if (subscription?.mailbox !== mailbox || subscription.log || subscription.affinity === null) return null
  const cookies = (headers.cookie ?? '').split(/;\s*/)
  return cookies.includes(`X-BackEndOverrideCookie=${subscription.affinity}`) ? subscription : null
}
