import type { Item } from '../mail/folder.ts'
import { changeKeyOf } from '../mail/ids.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import { readExpand, type SingleValueProperty, writeExtended } from './extended-property.ts'
import { itemIdOf } from './ids.ts'
import { type BodyType, messageProperties } from './message-properties.ts'
import { readSelect } from './odata/query-options.ts'
import type { Prefer } from './prefer.ts'

/** What an answer shows of each message. */
export interface MessageView {
  /** `null`: the usual properties. */
  select: string[] | null
  expand: SingleValueProperty[]
  immutableIds: boolean
  bodyType: BodyType
}

/** @throws GraphError 400 for an unknown property */
export function readMessageView(
  options: { $select?: string; $expand?: string },
  prefer: Prefer,
): MessageView {
  const isKnown = (name: string) => name === 'id' || Object.hasOwn(messageProperties, name)
  return {
    select: readSelect(options.$select, isKnown, 'message'),
    expand: readExpand(options.$expand),
    immutableIds: prefer.immutableIds,
    bodyType: prefer.bodyType,
  }
}

/** A message with the properties of the view; the id and the etag always come. */
export async function writeMessage(mailbox: Mailbox, item: Item, view: MessageView): Promise<object> {
  const message: Record<string, unknown> = {
    '@odata.etag': etagOf(item),
    id: itemIdOf(item, view.immutableIds),
  }
  for (const [name, { isUsual, read }] of Object.entries(messageProperties)) {
    if (view.select?.includes(name) ?? isUsual) message[name] = await read(item, view.bodyType)
  }
  if (view.expand.length > 0)
    message.singleValueExtendedProperties = writeExtended(mailbox, item, view.expand)
  return message
}

/** Changes with every write. */
export function etagOf(item: Item): string {
  return `W/"${changeKeyOf(item.changedSequence)}"`
}
