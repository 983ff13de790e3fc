import { composeMessage, encodeText, formatAddress, formatDate } from '../mail/compose-message.ts'
import type { Item, ItemContent } from '../mail/folder.ts'
import { type Address, addressesIn, type HeaderField, readHeaderBlock } from '../mail/header-block.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import { readAddresses, writeAddressList } from './address-list.ts'
import type { Caller } from './caller.ts'
import { EwsError } from './ews-error.ts'
import { findItemById, matchesChangeKey } from './find-by-id.ts'
import { conversationTopic } from './mapi-properties.ts'
import { bodyAs, type MessageContent, readContent } from './message-content.ts'
import { escapeXml } from './write-xml.ts'
import { childNamed, childText, type XmlElement } from './xml-element.ts'

/** The elements of a CreateItem request that answer a message or send it on, with what the subject begins with then. */
const prefixes: Record<string, string> = {
  't:ReplyToItem': 'RE: ',
  't:ReplyAllToItem': 'RE: ',
  't:ForwardItem': 'FW: ',
}

export const isResponse = ({ name }: XmlElement): boolean => name in prefixes

/**
 * Makes the message that a `t:ReplyToItem`, `t:ReplyAllToItem` or `t:ForwardItem` asks for: threaded to the one it
 * refers to, with the client's words above a quotation. Recipients and subject that the client names replace ours.
 * @throws EwsError ErrorMissingInformationReferenceItemId, ErrorItemNotFound, ErrorStaleObject
 */
export async function readResponse(caller: Caller, response: XmlElement): Promise<ItemContent> {
  const { mailbox } = caller
  const item = findReference(caller, response)
  const { fields } = readHeaderBlock(item.raw)
  const recipients = recipientsOf(response.name, item, mailbox)
  const written = (name: string) => writeAddressList(readAddresses(response, name))
  const subject = childText(response, 't:Subject') ?? `${prefixes[response.name]}${conversationTopic(item)}`
  const { messageId, references } = item.summary
  const header: HeaderField[] = [
    {
      name: 'From',
      value: written('t:From') || formatAddress({ name: mailbox.displayName, address: mailbox.address }),
    },
    { name: 'To', value: written('t:ToRecipients') || writeAddressList(recipients.to) },
    { name: 'Cc', value: written('t:CcRecipients') || writeAddressList(recipients.cc) },
    { name: 'Bcc', value: written('t:BccRecipients') },
    { name: 'Subject', value: encodeText(subject) },
    { name: 'Date', value: formatDate(mailbox.now()) },
    { name: 'In-Reply-To', value: messageId ?? '' },
    { name: 'References', value: [references, messageId].filter(Boolean).join('\r\n ') },
  ]
  const words = childNamed(response, 't:NewBodyContent') ?? childNamed(response, 't:Body')
  const type = words?.attributes.BodyType ?? 'HTML'
  const quotation = quote(item, addressesIn(fields, 'To'), await readContent(item), type)
  const contentType = `${type === 'HTML' ? 'text/html' : 'text/plain'}; charset=utf-8`
  return {
    raw: composeMessage(
      header.filter(({ value }) => value !== ''),
      [{ contentType, text: `${words?.text ?? ''}${quotation}` }],
    ),
    isRead: true,
  }
}

function findReference(caller: Caller, response: XmlElement): Item {
  const reference = childNamed(response, 't:ReferenceItemId')
  if (!reference) throw new EwsError('ErrorMissingInformationReferenceItemId')
  const item = findItemById(caller, reference)
  if (matchesChangeKey(item, reference) === false) throw new EwsError('ErrorStaleObject')
  return item
}

/** An answer goes where Reply-To says (RFC 5322, section 3.6.2); one to all also to the others, and not to oneself. */
function recipientsOf(name: string, item: Item, mailbox: Mailbox): { to: Address[]; cc: Address[] } {
  if (name === 't:ForwardItem') return { to: [], cc: [] }
  const { fields } = readHeaderBlock(item.raw)
  const replyTo = addressesIn(fields, 'Reply-To')
  const author = replyTo.length > 0 ? replyTo : addressesIn(fields, 'From')
  if (name === 't:ReplyToItem') return { to: author, cc: [] }
  const isOther = ({ address }: Address) =>
    ![mailbox.address, ...mailbox.aliases].includes(address.toLowerCase())
  return {
    to: [...author, ...addressesIn(fields, 'To').filter(isOther)],
    cc: addressesIn(fields, 'Cc').filter(isOther),
  }
}

/** The original below a header block in English, as Exchange puts it. */
export function quote(item: Item, to: Address[], content: MessageContent, type: string): string {
  const { from, subject } = item.summary
  const lines = [
    ['From', from ? formatAddress(from) : ''],
    ['Sent', formatDate(item.sentAt)],
    ['To', to.map(formatAddress).join('; ')],
    ['Subject', subject],
  ]
  const { body } = bodyAs(content, type)
  if (type === 'HTML') {
    const head = lines.map(([name, value]) => `<b>${name}:</b> ${escapeXml(value ?? '')}<br>`).join('')
    return `<hr><div id="divRplyFwdMsg">${head}</div><div>${body}</div>`
  }
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return `\r\n\r\n-----Original Message-----\r\n${head}\r\n${body}`
}
