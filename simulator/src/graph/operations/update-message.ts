import { check, isBoolean, isStrings, oneOf } from '../../check-json.ts'
import type { Item } from '../../mail/folder.ts'
import { touchItem } from '../../mail/mailbox.ts'
import { readExtended } from '../extended-property.ts'
import { GraphError } from '../graph-error.ts'
import { itemOfPath } from '../ids.ts'
import { etagOf, readMessageView, writeMessage } from '../message-view.ts'
import { readJson } from '../read-json.ts'
import type { GraphAnswer, MailboxCall } from '../request.ts'

/** The properties that may be changed of any message; those of drafts alone are not offered. */
const changes: Record<string, (item: Item, value: never) => void> = {
  isRead: (item, isRead: boolean) => void Object.assign(item, { isRead }),
  categories: (item, categories: string[]) => void Object.assign(item, { categories }),
  importance: (item, importance: string) =>
    void Object.assign(item, { importance: importance.charAt(0).toUpperCase() + importance.slice(1) }),
  singleValueExtendedProperties: (item, value: unknown) => {
    for (const entry of readExtended(value)) item.extended.set(entry.property.key, entry.value)
  },
}

const checks = {
  isRead: isBoolean,
  categories: isStrings,
  importance: oneOf(['low', 'normal', 'high']),
  singleValueExtendedProperties: (value: unknown) => Boolean(readExtended(value)),
}

/** https://learn.microsoft.com/graph/api/message-update */
export async function updateMessage({ mailbox, names, prefer, request }: MailboxCall): Promise<GraphAnswer> {
  const wanted = Object.entries(check(readJson(request), checks))
  const item = itemOfPath(mailbox, names)
  const expected = request.headers['if-match']
  if (expected !== undefined && expected !== '*' && expected !== etagOf(item)) {
    throw new GraphError(
      412,
      'ErrorIrresolvableConflict',
      'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
    )
  }
  for (const [name, value] of wanted) changes[name]?.(item, value as never)
  if (wanted.length > 0)
    touchItem(mailbox, item, { readFlagOnly: wanted.every(([name]) => name === 'isRead') })
  return { status: 200, body: await writeMessage(mailbox, item, readMessageView({}, prefer)) }
}
