import type { Item } from '../mail/folder.ts'
import { addressesIn, fieldValue, readHeaderBlock } from '../mail/header-block.ts'
import { changeKeyOf, conversationIdOf } from '../mail/ids.ts'
import { writeAttachment } from './attachment.ts'
import { writeEffectiveRights } from './effective-rights.ts'
import { type ItemProperty, recipientsProperty, valueProperty } from './item-property.ts'
import { conversationTopic, displayNames } from './mapi-properties.ts'
import { bodyAs, type MessageContent, textToHtml, uniqueText } from './message-content.ts'
import { writeSender } from './write-address.ts'
import { writeItemId } from './write-item-id.ts'
import { element, escapeXml, textElement } from './write-xml.ts'

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
  valueProperty('item:ItemClass', (item) => item.itemClass),
  valueProperty('item:Subject', (item) => item.summary.subject),
  valueProperty('item:Sensitivity', () => 'Normal'),
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
  valueProperty('item:DateTimeReceived', (item) => new Date(item.receivedAt)),
  valueProperty('item:Size', (item) => item.raw.length),
  {
    uri: 'item:Categories',
    where: 'view',
    write: ({ categories }) =>
      categories.length === 0
        ? ''
        : element('t:Categories', {}, categories.map((name) => textElement('t:String', name)).join('')),
    value: (item) => item.categories,
  },
  valueProperty('item:Importance', (item) => item.importance),
  valueProperty('item:InReplyTo', (item) => item.summary.inReplyTo ?? undefined),
  valueProperty('item:IsSubmitted', (item) => item.folder.wellKnown === 'outbox'),
  valueProperty('item:IsDraft', (item) => item.isDraft),
  valueProperty('item:IsFromMe', (item) => !item.isDelivered),
  valueProperty('item:IsResend', () => false),
  valueProperty('item:IsUnmodified', (item) => item.contentSequence === item.createdSequence),
  {
    uri: 'item:InternetMessageHeaders',
    where: 'item',
    write: (item) =>
      item.isDelivered
        ? element('t:InternetMessageHeaders', {}, readHeaderBlock(item.raw).fields.map(writeHeader).join(''))
        : '',
  },
  valueProperty('item:DateTimeSent', (item) => new Date(item.sentAt)),
  valueProperty('item:DateTimeCreated', (item) => new Date(item.createdAt)),
  valueProperty('item:ReminderIsSet', () => false),
  valueProperty('item:DisplayCc', (item) => namesIn(item, 'Cc')),
  valueProperty('item:DisplayTo', (item) => displayNames(item.summary.to)),
  valueProperty('item:DisplayBcc', (item) => namesIn(item, 'Bcc')),
  valueProperty('item:HasAttachments', (item) => item.summary.hasAttachments),
  { uri: 'item:EffectiveRights', where: 'view', write: writeEffectiveRights },
  valueProperty('item:LastModifiedTime', (item) => new Date(item.modifiedAt)),
  valueProperty('item:IsAssociated', () => false),
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
  valueProperty('message:IsReadReceiptRequested', (item) => hasField(item, 'Disposition-Notification-To')),
  valueProperty('message:IsDeliveryReceiptRequested', (item) => hasField(item, 'Return-Receipt-To')),
  valueProperty('message:ConversationTopic', conversationTopic),
  {
    uri: 'message:From',
    where: 'view',
    write: (item, { isView }) => writeSender('t:From', item.summary.from, item, isView),
    value: (item) => item.summary.from?.name,
  },
  valueProperty('message:InternetMessageId', (item) => item.summary.messageId ?? undefined),
  valueProperty('message:IsRead', (item) => item.isRead),
  valueProperty('message:References', (item) => item.summary.references ?? undefined),
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
