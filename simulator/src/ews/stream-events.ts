import type { ServerResponse } from 'node:http'
import { changeKeyOf } from '../mail/ids.ts'
import type { Item } from '../mail/item.ts'
import type { Mailbox, MailboxEvent } from '../mail/mailbox.ts'
import type { Caller } from './caller.ts'
import { EwsError } from './ews-error.ts'
import { writeItemId } from './item-properties.ts'
import type { Answer } from './operation.ts'
import { expireWhenIdle, isAbout, type Subscription } from './subscription.ts'
import { writeResponse } from './write-answer.ts'
import { dateTime, element, textElement } from './write-xml.ts'
import { childrenOf, childText, type XmlElement } from './xml-element.ts'

const HANGING_CONNECTIONS = 10

const status = (value: 'OK' | 'Closed'): Answer => ({ content: textElement('m:ConnectionStatus', value) })

/**
 * GetStreamingEvents: one HTTP answer that stays open and holds whole SOAP envelopes, one after the other: the first
 * with ConnectionStatus OK, then notifications and heartbeats, then Closed when the asked time is over.
 * https://learn.microsoft.com/exchange/client-developer/web-service-reference/getstreamingevents-operation
 */
export function streamEvents(request: XmlElement, caller: Caller, response: ServerResponse): void {
  const { world, mailbox } = caller
  response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8', 'cache-control': 'private' })
  const ids = childrenOf(request, 'm:SubscriptionIds').map(({ text }) => text.trim())
  const found = ids.map((id) => findSubscription(caller, id))
  const lost = ids.filter((_, index) => !found[index])
  if (lost.length > 0) {
    writeEnvelopeInParts(response, { error: new EwsError('ErrorSubscriptionNotFound') }, writeLostIds(lost))
    response.end()
    return
  }
  const subscriptions = found.filter((entry) => entry !== null)
  const hanging = world.hangingConnections.get(mailbox.address) ?? 0
  if (hanging >= HANGING_CONNECTIONS) {
    writeEnvelopeInParts(response, { error: new EwsError('ErrorExceededConnectionCount') })
    response.end()
    return
  }
  world.hangingConnections.set(mailbox.address, hanging + 1)
  writeEnvelopeInParts(response, status('OK'))
  listen(caller, subscriptions, response, Number(childText(request, 'm:ConnectionTimeout')) * 60_000)
}

function listen(
  { world, tenant, mailbox }: Caller,
  subscriptions: Subscription[],
  response: ServerResponse,
  timeout: number,
): void {
  const notify = (event: MailboxEvent) => {
    for (const subscription of subscriptions) {
      if (isAbout(subscription, event)) {
        writeEnvelopeInParts(response, { content: writeNotification(subscription, event, mailbox) })
      }
    }
  }
  const end = (last: Answer) => {
    writeEnvelopeInParts(response, last)
    response.end()
  }
  const supersede = () => end({ error: new EwsError('ErrorNewEventStreamConnectionOpened') })
  let cancelHeartbeat = () => {}
  const beat = () => {
    cancelHeartbeat = world.clock.after(tenant.heartbeatSeconds * 1000, () => {
      writeEnvelopeInParts(response, status('OK'))
      beat()
    })
  }
  const cancelTimeout = world.clock.after(timeout, () => end(status('Closed')))
  for (const subscription of subscriptions) {
    subscription.supersede?.()
    subscription.supersede = supersede
    subscription.cancelExpiry()
  }
  mailbox.listeners.add(notify)
  beat()
  response.once('close', () => {
    mailbox.listeners.delete(notify)
    cancelHeartbeat()
    cancelTimeout()
    world.hangingConnections.set(mailbox.address, (world.hangingConnections.get(mailbox.address) ?? 1) - 1)
    for (const subscription of subscriptions) {
      if (subscription.supersede !== supersede) continue
      subscription.supersede = null
      expireWhenIdle(world, subscription)
    }
  })
}

function findSubscription({ world, mailbox, headers }: Caller, id: string): Subscription | null {
  const subscription = world.subscriptions.get(id)
  if (subscription?.mailbox !== mailbox || subscription.affinity === null) return null
  const cookies = (headers.cookie ?? '').split(/;\s*/)
  return cookies.includes(`X-BackEndOverrideCookie=${subscription.affinity}`) ? subscription : null
}

/** Two chunks for every envelope: a client that takes a chunk for a document fails here, as it would in reality. */
function writeEnvelopeInParts(response: ServerResponse, answer: Answer, errorTail = ''): void {
  if (response.writableEnded || response.destroyed) return
  const octets = Buffer.from(writeResponse('GetStreamingEvents', [answer], errorTail))
  const middle = octets.length >>> 1
  response.write(octets.subarray(0, middle))
  response.write(octets.subarray(middle))
}

/** The service writes `m:Notification` and `m:SubscriptionId` where its own schema says `t:`. */
function writeLostIds(ids: string[]): string {
  return element('m:ErrorSubscriptionIds', {}, ids.map((id) => textElement('m:SubscriptionId', id)).join(''))
}

function writeNotification(
  subscription: Subscription,
  { kind, item, from }: MailboxEvent,
  mailbox: Mailbox,
): string {
  const event =
    textElement('t:TimeStamp', dateTime(mailbox.now())) +
    writeItemId(item) +
    writeFolder('t:ParentFolderId', item) +
    (from ? element('t:OldItemId', { Id: from.id, ChangeKey: changeKeyOf(from.changedSequence) }) : '') +
    (from ? writeFolder('t:OldParentFolderId', from) : '')
  return element(
    'm:Notifications',
    {},
    element(
      'm:Notification',
      {},
      textElement('t:SubscriptionId', subscription.id) + element(`t:${kind}Event`, {}, event),
    ),
  )
}

function writeFolder(name: string, { folder }: Item): string {
  return element(name, { Id: folder.id, ChangeKey: changeKeyOf(folder.createdSequence) })
}
