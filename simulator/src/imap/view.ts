import type { Folder, Item } from '../mail/folder.ts'
import type { Mailbox, MailboxEvent } from '../mail/mailbox.ts'
import type { Answer } from './answer.ts'
import { flagsOf } from './flags.ts'
import { ImapRefusal } from './imap-refusal.ts'
import { readSequenceSet } from './sequence-set.ts'

/** A message as a client knows it. */
export interface Entry {
  item: Item
  uid: number
  /** The flags that the client has been told. */
  told: string
}

/**
 * A selected folder as a client sees it: numbers of messages stay until the client has been told of a change
 * (RFC 3501, section 7.4.1), whatever happens in the folder meanwhile.
 */
export interface View {
  readonly mailbox: Mailbox
  readonly folder: Folder
  readonly isReadOnly: boolean
  /** In rising UID; the message's number is its position from 1. */
  readonly entries: Entry[]
  readonly recent: Set<Item>
  /** What has changed since the client was told. */
  touched: Set<Item>
  /** Called with every change, for IDLE. */
  onTouch: (() => void) | null
  close(): void
}

export function openView(mailbox: Mailbox, folder: Folder, isReadOnly: boolean): View {
  const items = [...folder.items.values()]
  const view: View = {
    mailbox,
    folder,
    isReadOnly,
    entries: [],
    recent: new Set(items.filter(({ uid }) => uid >= folder.recentFrom)),
    touched: new Set(),
    onTouch: null,
    close: () => void mailbox.listeners.delete(listener),
  }
  view.entries.push(...items.map((item) => entryOf(view, item)))
  if (!isReadOnly) folder.recentFrom = folder.uidNext
  const listener = ({ item, from }: MailboxEvent) => {
    for (const touched of [item, from]) if (touched?.folder === folder) view.touched.add(touched)
    if (view.touched.size > 0) view.onTouch?.()
  }
  mailbox.listeners.add(listener)
  return view
}

const entryOf = (view: View, item: Item): Entry => ({ item, uid: item.uid, told: writeFlags(view, item) })

/** The flags of a message as this client has them. */
export function writeFlags(view: View, item: Item): string {
  return [...flagsOf(item), ...(view.recent.has(item) ? ['\\Recent'] : [])].join(' ')
}

/** Tells the client what has changed; removals only where its numbers may change. */
export function tellChanges(view: View, answer: Answer, mayExpunge: boolean): void {
  const { entries, folder, recent } = view
  let hasGrown = false
  const later = new Set<Item>()
  for (const item of view.touched) {
    const at = indexOfUid(entries, item.uid)
    const entry = entries[at]?.item === item ? entries[at] : null
    const isThere = isInFolder(view, item)
    if (!entry && isThere) {
      if (!view.isReadOnly && item.uid >= folder.recentFrom) {
        recent.add(item)
        folder.recentFrom = item.uid + 1
      }
      entries.push(entryOf(view, item))
      hasGrown = true
    } else if (entry && isThere) {
      const flags = writeFlags(view, item)
      if (flags !== entry.told) answer.untagged(`${at + 1} FETCH (UID ${entry.uid} FLAGS (${flags}))`)
      entry.told = flags
    } else if (entry && mayExpunge) {
      entries.splice(at, 1)
      recent.delete(item)
      answer.untagged(`${at + 1} EXPUNGE`)
    } else if (entry) later.add(item)
  }
  view.touched = later
  if (hasGrown) {
    answer.untagged(`${entries.length} EXISTS`)
    answer.untagged(`${recent.size} RECENT`)
  }
}

/** Whether a message is still where the client saw it. */
export function isInFolder({ folder }: View, item: Item): boolean {
  return folder.items.get(item.id) === item
}

/** A message that a command names, with its number. */
export interface Named {
  number: number
  entry: Entry
}

/**
 * The messages of a sequence set, or of a set of UIDs, where unknown ones are passed over.
 * @throws ImapRefusal BAD for a number that no message has
 */
export function namedMessages({ entries }: View, set: string, isUid: boolean): Named[] {
  const highest = isUid ? (entries.at(-1)?.uid ?? 0) : entries.length
  const ranges = readSequenceSet(set, highest)
  const lastNumber = ranges.at(-1)?.[1] ?? 0
  if (!isUid && (lastNumber > entries.length || entries.length === 0))
    throw new ImapRefusal('BAD', 'The specified message set is invalid.')
  return ranges.flatMap(([first, last]) => {
    const from = isUid ? indexOfUid(entries, first) : first - 1
    const to = isUid ? indexOfUid(entries, last + 1) : last
    return entries.slice(from, to).map((entry, offset) => ({ entry, number: from + offset + 1 }))
  })
}

/** The position of the first entry with this UID or a higher one. */
function indexOfUid(entries: Entry[], uid: number): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((entries[middle]?.uid ?? 0) < uid) low = middle + 1
    else high = middle
  }
  return low
}
