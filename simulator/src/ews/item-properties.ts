import type { Item } from '../mail/folder.ts'
import { type Address, addressesIn, fieldValue, readHeaderBlock } from '../mail/header-block.ts'
import { changeKeyOf, conversationIdOf } from '../mail/ids.ts'
import { writeAttachment } from './attachment.ts'
import { writeEffectiveRights } from './effective-rights.ts'
import { conversationTopic, displayNames } from './mapi-properties.ts'
import { bodyAs, type MessageContent, type ReadContent, textToHtml, uniqueText } from './message-content.ts'
import type { Value } from './value.ts'
import { dateTime, element, escapeXml, textElement } from './write-xml.ts'

export interface ItemProperty {
  /** As `t:FieldURI` names it. */
  uri: string
  /** `view`: FindItem and SyncFolderItems give it too; `item`: GetItem alone. */
  where: 'view' | 'item'
  /** The element, or nothing when the item lacks the property. */
  write(item: Item, rendering: Rendering): string
  /** For properties that can be searched and sorted by. */
  value?(item: Item): Value
}

/** How the asked shape wants things written. */
interface Rendering {
  isView: boolean
  bodyType: string
  uniqueBodyType: string
  /** Read from the message only when a wanted property needs it. */
  content: ReadContent
}

/** Every property the simulator knows, in the order of ItemType and MessageType in types.xsd. */
export const itemProperties: ItemProperty[] = [
  {
    uri: 'item:MimeContent',
    where: 'item',
    write: (item) => element('t:MimeContent', { CharacterSet: 'UTF-8' }, item.raw.toString('base64')),
  },
  { uri: 'item:ItemId', where: 'view', write: writeItemId },
  {
    uri: 'item:ParentFolderId',
    where: 'view',
    write: ({ folder }) =>
      element('t:ParentFolderId', { Id: folder.id, ChangeKey: changeKeyOf(folder.createdSequence) }),
  },
  textProperty('item:ItemClass', (item) => item.itemClass),
  textProperty('item:Subject', (item) => item.summary.subject),
  textProperty('item:Sensitivity', () => 'Normal'),
  {
    uri: 'item:Body',
    where: 'item',
    write: (_, rendering) => writeBody('t:Body', rendering.content, rendering.bodyType),
  },
  {
    uri: 'item:Attachments',
    where: 'item',
    write: (item, { content: { attachments } }) =>
      attachments.length === 0
        ? ''
        : element(
            't:Attachments',
            {},
            attachments.map((one, at) => writeAttachment(item, at, one, { withContent: false })).join(''),
          ),
  },
  dateProperty('item:DateTimeReceived', (item) => item.receivedAt),
  numberProperty('item:Size', (item) => item.raw.length),
  {
    uri: 'item:Categories',
    where: 'view',
    write: ({ categories }) =>
      categories.length === 0
        ? ''
        : element('t:Categories', {}, categories.map((name) => textElement('t:String', name)).join('')),
    value: (item) => item.categories,
  },
  textProperty('item:Importance', (item) => item.importance),
  textProperty('item:InReplyTo', (item) => item.summary.inReplyTo ?? undefined),
  booleanProperty('item:IsSubmitted', (item) => item.folder.wellKnown === 'outbox'),
  booleanProperty('item:IsDraft', (item) => item.isDraft),
  booleanProperty('item:IsFromMe', (item) => !item.isDelivered),
  booleanProperty('item:IsResend', () => false),
  booleanProperty('item:IsUnmodified', (item) => item.contentSequence === item.createdSequence),
  {
    uri: 'item:InternetMessageHeaders',
    where: 'item',
    write: (item) =>
      item.isDelivered
        ? element('t:InternetMessageHeaders', {}, readHeaderBlock(item.raw).fields.map(writeHeader).join(''))
        : '',
  },
  dateProperty('item:DateTimeSent', (item) => item.sentAt),
  dateProperty('item:DateTimeCreated', (item) => item.createdAt),
  booleanProperty('item:ReminderIsSet', () => false),
  textProperty('item:DisplayCc', (item) => namesIn(item, 'Cc')),
  textProperty('item:DisplayTo', (item) => displayNames(item.summary.to)),
  textProperty('item:DisplayBcc', (item) => namesIn(item, 'Bcc')),
  booleanProperty('item:HasAttachments', (item) => item.summary.hasAttachments),
  { uri: 'item:EffectiveRights', where: 'view', write: writeEffectiveRights },
  dateProperty('item:LastModifiedTime', (item) => item.modifiedAt),
  booleanProperty('item:IsAssociated', () => false),
  {
    uri: 'item:ConversationId',
    where: 'view',
    write: (item) => element('t:ConversationId', { Id: conversationIdOf(conversationTopic(item)) }),
  },
  {
    uri: 'item:UniqueBody',
    where: 'item',
    write: (_, { content, uniqueBodyType }) => {
      const text = uniqueText(content.text)
      const html = content.html === null ? null : textToHtml(text)
      return writeBody('t:UniqueBody', { text, html }, uniqueBodyType)
    },
  },
  {
    uri: 'item:TextBody',
    where: 'item',
    write: (_, { content }) => writeBody('t:TextBody', content, 'Text'),
  },
  {
    uri: 'message:Sender',
    where: 'view',
    write: (item, { isView }) => writeSender('t:Sender', item.summary.sender, item, isView),
    value: (item) => item.summary.sender?.name,
  },
  recipientsProperty('message:ToRecipients', 'To'),
  recipientsProperty('message:CcRecipients', 'Cc'),
  recipientsProperty('message:BccRecipients', 'Bcc'),
  booleanProperty('message:IsReadReceiptRequested', (item) => hasField(item, 'Disposition-Notification-To')),
  booleanProperty('message:IsDeliveryReceiptRequested', (item) => hasField(item, 'Return-Receipt-To')),
  textProperty('message:ConversationTopic', conversationTopic),
  {
    uri: 'message:From',
    where: 'view',
    write: (item, { isView }) => writeSender('t:From', item.summary.from, item, isView),
    value: (item) => item.summary.from?.name,
  },
  textProperty('message:InternetMessageId', (item) => item.summary.messageId ?? undefined),
  booleanProperty('message:IsRead', (item) => item.isRead),
  textProperty('message:References', (item) => item.summary.references ?? undefined),
  recipientsProperty('message:ReplyTo', 'Reply-To'),
]

/** Properties of the schema that a mail here never has: Exchange leaves out what an item lacks. */
export const neverSet = [
  'item:ArchiveTag',
  'item:Culture',
  'item:Flag',
  'item:LastModifiedName',
  'item:PolicyTag',
  'item:ReminderDueBy',
  'item:ReminderMinutesBeforeStart',
  'item:ReminderNextTime',
  'item:ResponseObjects',
  'item:RetentionDate',
  'item:WebClientEditFormQueryString',
  'item:WebClientReadFormQueryString',
  'message:ApprovalRequestData',
  'message:ConversationIndex',
  'message:IsResponseRequested',
  'message:ReceivedBy',
  'message:ReceivedRepresenting',
  'message:ReminderMessageData',
  'message:VotingInformation',
]

/** What the base shape Default adds to the id; those with `where: 'item'` come in GetItem only. */
export const defaultProperties = [
  'item:Subject',
  'item:Sensitivity',
  'item:Body',
  'item:Size',
  'item:DateTimeSent',
  'item:DateTimeCreated',
  'item:HasAttachments',
  'message:From',
  'message:IsRead',
  'message:ToRecipients',
  'message:CcRecipients',
]

export function writeItemId(item: Item): string {
  return element('t:ItemId', { Id: item.id, ChangeKey: changeKeyOf(item.changedSequence) })
}

function elementName(uri: string): string {
  return `t:${uri.slice(uri.indexOf(':') + 1)}`
}

function textProperty(uri: string, value: (item: Item) => string | undefined): ItemProperty {
  const write = (item: Item) => {
    const text = value(item)
    return text === undefined ? '' : textElement(elementName(uri), text)
  }
  return { uri, where: 'view', write, value }
}

function numberProperty(uri: string, value: (item: Item) => number): ItemProperty {
  return { uri, where: 'view', write: (item) => textElement(elementName(uri), value(item)), value }
}

function booleanProperty(uri: string, value: (item: Item) => boolean): ItemProperty {
  return { uri, where: 'view', write: (item) => textElement(elementName(uri), value(item)), value }
}

function dateProperty(uri: string, moment: (item: Item) => number): ItemProperty {
  return {
    uri,
    where: 'view',
    write: (item) => textElement(elementName(uri), dateTime(moment(item))),
    value: (item) => new Date(moment(item)),
  }
}

function recipientsProperty(uri: string, header: string): ItemProperty {
  return {
    uri,
    where: 'item',
    write: (item) => {
      const addresses = addressesIn(readHeaderBlock(item.raw).fields, header).filter(
        ({ address }) => address !== '',
      )
      return addresses.length === 0 ? '' : element(elementName(uri), {}, addresses.map(writeMailbox).join(''))
    },
  }
}

function namesIn({ raw }: Item, header: string): string {
  return displayNames(addressesIn(readHeaderBlock(raw).fields, header))
}

function hasField({ raw }: Item, name: string): boolean {
  return fieldValue(readHeaderBlock(raw).fields, name) !== undefined
}

function writeHeader({ name, value }: { name: string; value: string }): string {
  return element('t:InternetMessageHeader', { HeaderName: name }, escapeXml(value))
}

function writeBody(name: string, content: MessageContent, type: string): string {
  const { bodyType, body } = bodyAs(content, type)
  return element(name, { BodyType: bodyType, IsTruncated: 'false' }, escapeXml(body))
}

function writeMailbox({ name, address }: Address): string {
  return writeEmailAddress({ name: name || address, address, routingType: 'SMTP', mailboxType: 'OneOff' })
}

/** Views know a sender of the own directory by its legacy DN only; GetItem resolves it to the SMTP address. */
function writeSender(name: string, sender: Address | null, item: Item, isView: boolean): string {
  if (!sender || sender.address === '') return ''
  const display = sender.name || sender.address
  const cn = sender.address.toUpperCase().replace(/[^A-Z0-9]/g, '-')
  const mailbox =
    isView && item.isInternal
      ? {
          address: `/O=EXCHANGELABS/OU=EXCHANGE ADMINISTRATIVE GROUP (FYDIBOHF23SPDLT)/CN=RECIPIENTS/CN=${cn}`,
          routingType: 'EX',
          mailboxType: 'Mailbox',
        }
      : { address: sender.address, routingType: 'SMTP', mailboxType: item.isInternal ? 'Mailbox' : 'OneOff' }
  return element(name, {}, writeEmailAddress({ name: display, ...mailbox }))
}

/** A `t:Mailbox`. */
export function writeEmailAddress(entry: {
  name: string
  address: string
  routingType: string
  mailboxType: string
}): string {
  return element(
    't:Mailbox',
    {},
    textElement('t:Name', entry.name) +
      textElement('t:EmailAddress', entry.address) +
      textElement('t:RoutingType', entry.routingType) +
      textElement('t:MailboxType', entry.mailboxType),
  )
}
