import { randomUUID } from 'node:crypto'
import type { World } from '../world.ts'
import { checkQuota } from './check-quota.ts'
import { formatAddress, formatDate } from './compose-message.ts'
import { routeMessage } from './deliver.ts'
import { domainOf } from './domain-of.ts'
import type { Folder, Item, ItemContent } from './folder.ts'
import { addressesIn, fieldValue, type HeaderField, readHeaderBlock, rewriteHeader } from './header-block.ts'
import { MailRefused } from './mail-refused.ts'
import { addItem, contentOf, type Mailbox, moveTo, removeItem, wellKnownFolder } from './mailbox.ts'

export const MESSAGE_SIZE_LIMIT = 35 * 1024 * 1024
export const RECIPIENT_LIMIT = 500
const MINUTE = 60_000
const DAY = 86_400_000

/** A message checked and completed for sending. */
export interface Submission {
  raw: Buffer
  recipients: string[]
}

/**
 * Checks what a mailbox wants to send, and adds Date, Message-ID and From where they are missing.
 * @param envelope the recipients, where the message's header does not name them
 * @throws MailRefused
 */
export function prepareSubmission(mailbox: Mailbox, raw: Buffer, envelope?: string[]): Submission {
  checkQuota(mailbox)
  if (raw.length > MESSAGE_SIZE_LIMIT) {
    throw new MailRefused('ErrorMessageSizeExceeded', 'The message exceeds the maximum supported size.')
  }
  const { fields } = readHeaderBlock(raw)
  if (fields.length === 0) throw new MailRefused('ErrorMimeContentInvalid', 'The MIME content is not valid.')
  checkAuthor(mailbox, fields)
  const recipients = readRecipients(envelope ?? namedIn(fields))
  takeRecipients(mailbox, recipients.length)
  const missing: HeaderField[] = []
  if (fieldValue(fields, 'From') === undefined) {
    missing.push({
      name: 'From',
      value: formatAddress({ name: mailbox.displayName, address: mailbox.address }),
    })
  }
  if (fieldValue(fields, 'Date') === undefined)
    missing.push({ name: 'Date', value: formatDate(mailbox.now()) })
  if (fieldValue(fields, 'Message-ID') === undefined) {
    missing.push({ name: 'Message-ID', value: `<${randomUUID()}@${domainOf(mailbox.address)}>` })
  }
  return { raw: missing.length > 0 ? rewriteHeader(raw, { after: missing }) : raw, recipients }
}

function checkAuthor(mailbox: Mailbox, fields: HeaderField[]): void {
  const own = [mailbox.address, ...mailbox.aliases]
  const authors = [...addressesIn(fields, 'From'), ...addressesIn(fields, 'Sender')]
  const isOwn = authors.every(({ address }) => own.includes(address.toLowerCase()))
  if (!isOwn || addressesIn(fields, 'From').length > 1) {
    throw new MailRefused(
      'ErrorSendAsDenied',
      'The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account.',
    )
  }
}

function namedIn(fields: HeaderField[]): string[] {
  return ['To', 'Cc', 'Bcc'].flatMap((name) => addressesIn(fields, name)).map(({ address }) => address)
}

function readRecipients(addresses: string[]): string[] {
  if (addresses.length === 0) {
    throw new MailRefused('ErrorMissingRecipients', 'At least one recipient must be specified.')
  }
  if (
    addresses.length > RECIPIENT_LIMIT ||
    !addresses.every((address) => /^[^\s@]+@[^\s@]+$/.test(address))
  ) {
    throw new MailRefused('ErrorInvalidRecipients', 'At least one recipient is not valid.')
  }
  return [...new Set(addresses.map((address) => address.toLowerCase()))]
}

/**
 * Sends a new message or a draft through the Outbox. Beyond MessageRateLimit it waits there, without an error.
 * A copy stays in `saveTo`, or none.
 */
export function submit(
  world: World,
  mailbox: Mailbox,
  message: { content: ItemContent } | { draft: Item },
  submission: Submission,
  saveTo: Folder | null,
): void {
  const outbox = wellKnownFolder(mailbox, 'outbox')
  const content = { raw: submission.raw, isRead: true, isDraft: false }
  const waiting =
    'draft' in message
      ? moveTo(mailbox, message.draft, outbox, content)
      : addItem(mailbox, outbox, { ...message.content, ...content })

  function release(): void {
    if (!mailbox.items.has(waiting.id)) return // its owner took it back
    const copyDelay = (mailbox.tenant?.sentCopyDelaySeconds ?? 0) * 1000
    if (saveTo && copyDelay === 0) moveTo(mailbox, waiting, saveTo)
    else removeItem(mailbox, waiting)
    if (saveTo && copyDelay > 0)
      world.clock.after(copyDelay, () => addItem(mailbox, saveTo, contentOf(waiting)))
    routeMessage(world, {
      raw: submission.raw,
      sender: mailbox.address,
      from: mailbox,
      recipients: submission.recipients,
      itemClass: waiting.itemClass,
    })
  }

  const delay = takeSendingSlot(mailbox, world.clock.now())
  if (delay === 0) release()
  else world.clock.after(delay, release)
}

/**
 * Sends a raw message as its owner's mail client does, with a copy in Sent Items, and answers what was sent.
 * @param envelope the recipients, where the message's header does not name them
 * @throws MailRefused
 */
export function submitRaw(world: World, mailbox: Mailbox, raw: Buffer, envelope?: string[]): Submission {
  const submission = prepareSubmission(mailbox, raw, envelope)
  submit(world, mailbox, { content: { raw } }, submission, wellKnownFolder(mailbox, 'sentitems'))
  return submission
}

/** RecipientRateLimit counts over the last 24 hours. @throws MailRefused */
function takeRecipients(mailbox: Mailbox, count: number): void {
  const limit = mailbox.tenant?.recipientRateLimit ?? null
  if (limit === null) return
  const now = mailbox.now()
  const recent = mailbox.recipientsAt.filter(({ at }) => at > now - DAY)
  if (recent.reduce((sum, entry) => sum + entry.count, count) > limit) {
    throw new MailRefused(
      'ErrorSubmissionQuotaExceeded',
      'The message could not be sent because the sending quota of the mailbox is used up.',
    )
  }
  mailbox.recipientsAt = [...recent, { at: now, count }]
}

/** Milliseconds until MessageRateLimit lets this message go; the slot is taken. */
function takeSendingSlot(mailbox: Mailbox, now: number): number {
  const limit = mailbox.tenant?.messageRateLimit ?? null
  if (limit === null) return 0
  const oldest = mailbox.sentAt.at(-limit)
  const moment = oldest === undefined ? now : Math.max(now, oldest + MINUTE)
  mailbox.sentAt = [...mailbox.sentAt, moment].slice(-limit)
  return moment - now
}
