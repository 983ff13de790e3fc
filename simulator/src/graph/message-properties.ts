import { conversationTopic } from '../ews/mapi-properties.ts'
import { bodyAs, type MessageContent, readContent, textToHtml, uniqueText } from '../ews/message-content.ts'
import type { Item } from '../mail/folder.ts'
import { type Address, addressesIn, readHeaderBlock } from '../mail/header-block.ts'
import { changeKeyOf, conversationIdOf } from '../mail/ids.ts'
import { toRestId } from './ids.ts'
import { writeRecipient } from './recipients.ts'

/** How an answer wants bodies. */
export type BodyType = 'text' | 'html'

interface MessageProperty {
  /** Given without `$select`. */
  isUsual: boolean
  read(item: Item, bodyType: BodyType): unknown
}

const usual = (read: MessageProperty['read']): MessageProperty => ({ isUsual: true, read })
/** Given only when it is asked for. */
const onRequest = (read: MessageProperty['read']): MessageProperty => ({ isUsual: false, read })

const moment = (milliseconds: number) => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`

/** The properties of a message that the simulator knows: https://learn.microsoft.com/graph/api/resources/message#properties */
export const messageProperties: Record<string, MessageProperty> = {
  createdDateTime: usual((item) => moment(item.createdAt)),
  lastModifiedDateTime: usual((item) => moment(item.modifiedAt)),
  changeKey: usual((item) => changeKeyOf(item.changedSequence)),
  categories: usual((item) => item.categories),
  receivedDateTime: usual((item) => moment(item.receivedAt)),
  sentDateTime: usual((item) => moment(item.sentAt)),
  hasAttachments: usual((item) => item.summary.hasAttachments),
  internetMessageId: usual((item) => item.summary.messageId),
  subject: usual((item) => item.summary.subject),
  bodyPreview: usual(async (item) =>
    (await readContent(item)).text.replace(/\s+/g, ' ').trim().slice(0, 255),
  ),
  importance: usual((item) => item.importance.toLowerCase()),
  parentFolderId: usual((item) => toRestId(item.folder.id)),
  conversationId: usual((item) => toRestId(conversationIdOf(conversationTopic(item)))),
  isRead: usual((item) => item.isRead),
  isDraft: usual((item) => item.isDraft),
  body: usual(async (item, bodyType) => writeBody(await readContent(item), bodyType)),
  sender: usual((item) => recipientOrNothing(item.summary.sender)),
  from: usual((item) => recipientOrNothing(item.summary.from)),
  toRecipients: recipients('To'),
  ccRecipients: recipients('Cc'),
  bccRecipients: recipients('Bcc'),
  replyTo: recipients('Reply-To'),
  uniqueBody: onRequest(async (item, bodyType) => {
    const { text, html } = await readContent(item)
    const unique = uniqueText(text)
    return writeBody({ text: unique, html: html === null ? null : textToHtml(unique) }, bodyType)
  }),
  // In the order of the message, repeated fields repeated; what never came through transport has none.
  internetMessageHeaders: onRequest((item) =>
    item.isDelivered
      ? readHeaderBlock(item.raw).fields.map(({ name, value }) => ({ name, value }))
      : undefined,
  ),
}

function recipients(field: string): MessageProperty {
  return usual((item) =>
    addressesIn(readHeaderBlock(item.raw).fields, field)
      .filter(({ address }) => address !== '')
      .map(writeRecipient),
  )
}

function recipientOrNothing(address: Address | null): object | undefined {
  return address && address.address !== '' ? writeRecipient(address) : undefined
}

function writeBody(content: MessageContent, bodyType: BodyType): object {
  const { bodyType: type, body } = bodyAs(content, bodyType === 'text' ? 'Text' : 'HTML')
  return { contentType: type.toLowerCase(), content: body }
}
