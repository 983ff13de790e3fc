import { findMailbox, listMailboxes, tenantOfDomain, type World } from '../world.ts'
import { OUT_OF_OFFICE_CLASS, takeAutomaticReply } from './automatic-reply.ts'
import { domainOf } from './domain-of.ts'
import type { Item } from './folder.ts'
import { fieldValue, readHeaderBlock } from './header-block.ts'
import { itemClassOf } from './item-class-of.ts'
import { addItem, type Mailbox, wellKnownFolder } from './mailbox.ts'
import { composeNonDelivery, type Failure } from './non-delivery.ts'
import { type Origin, stampHeaders } from './stamp-headers.ts'

/** A message in transport. */
export interface Transfer {
  raw: Buffer
  /** Envelope sender; empty for bounces and automatic replies, which are never answered. */
  sender: string
  /** The mailbox it comes from; decides whether the way leads inside one tenant. */
  from: Mailbox
  recipients: string[]
  itemClass?: string
}

/** Delivers to every recipient's mailbox, once each; who has none makes a non-delivery report to the sender. */
export function routeMessage(world: World, transfer: Transfer): void {
  const mailboxes = new Set<Mailbox>()
  for (const recipient of transfer.recipients) {
    const mailbox = findMailbox(world, recipient)
    if (mailbox && !mailbox.isFull) mailboxes.add(mailbox)
    else if (transfer.sender !== '') reportFailure(world, transfer, failureOf(world, recipient))
  }
  for (const mailbox of mailboxes) {
    const isInternal = mailbox.tenant !== null && mailbox.tenant === transfer.from.tenant
    deliver(world, mailbox, transfer.raw, {
      origin: isInternal ? 'internal' : 'external-pass',
      sender: transfer.sender,
      // The class is a MAPI property: it travels inside a tenant and is lost on the way through SMTP.
      ...(isInternal && transfer.itemClass !== undefined ? { itemClass: transfer.itemClass } : {}),
    })
  }
}

/** Puts a message into a mailbox as transport does, with the headers of its origin; an out-of-office answer may follow. */
export function deliver(
  world: World,
  mailbox: Mailbox,
  raw: Buffer,
  arrival: { origin: Origin; sender: string; itemClass?: string },
): Item {
  const stamped = stampHeaders(raw, { ...arrival, recipient: mailbox, now: world.clock.now() })
  const isJunk = arrival.origin === 'junk'
  const item = addItem(
    mailbox,
    wellKnownFolder(mailbox, isJunk ? 'junkemail' : 'inbox'),
    {
      raw: stamped,
      itemClass: arrival.itemClass ?? itemClassOf(raw),
      isDelivered: true,
      isInternal: arrival.origin === 'internal',
      isReceiptPending: fieldValue(readHeaderBlock(raw).fields, 'Disposition-Notification-To') !== undefined,
    },
    'NewMail',
  )
  registerHeaderNames(mailbox, item)
  const reply = isJunk ? null : takeAutomaticReply(mailbox, raw, arrival.sender)
  if (reply) {
    routeMessage(world, {
      raw: reply,
      sender: '',
      from: mailbox,
      recipients: [arrival.sender],
      itemClass: OUT_OF_OFFICE_CLASS,
    })
  }
  return item
}

function registerHeaderNames(mailbox: Mailbox, item: Item): void {
  for (const { name } of readHeaderBlock(item.raw).fields) {
    const key = name.toLowerCase()
    if (key.startsWith('x-') && !mailbox.headerNames.has(key))
      mailbox.headerNames.set(key, item.createdSequence)
  }
}

function failureOf(world: World, recipient: string): Failure {
  if (findMailbox(world, recipient)) {
    return {
      recipient,
      status: '5.2.2',
      diagnostic:
        'mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded',
    }
  }
  const domain = domainOf(recipient)
  const isKnown =
    tenantOfDomain(world, domain) || listMailboxes(world).some((one) => domainOf(one.address) === domain)
  return isKnown
    ? {
        recipient,
        status: '5.1.10',
        diagnostic: 'RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
      }
    : {
        recipient,
        status: '5.4.310',
        diagnostic: `DNS domain ${domain} does not exist [Message=InfoDomainNonexistent]`,
      }
}

function reportFailure(world: World, transfer: Transfer, failure: Failure): void {
  const domain = domainOf(transfer.from.address)
  const raw = composeNonDelivery(transfer.raw, failure, {
    to: transfer.sender,
    domain,
    now: world.clock.now(),
  })
  routeMessage(world, {
    raw,
    sender: '',
    from: transfer.from,
    recipients: [transfer.sender],
    itemClass: itemClassOf(raw),
  })
}
