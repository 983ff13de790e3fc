/**
 * How far a client has followed a folder: it knows every item created up to `created`, in the state of `changed`
 * (both are mailbox sequences).
 */
export interface SyncPosition {
  created: number
  changed: number
}

/** What the log needs to know of an item; sequences are the mailbox's. */
interface Logged {
  readonly id: string
  readonly createdSequence: number
  /** Of the last change, and of the last one that was not the read flag alone. */
  changedSequence: number
  contentSequence: number
}

export type SyncChange<Item extends Logged> =
  | { kind: 'Create' | 'Update' | 'ReadFlagChange'; item: Item }
  | { kind: 'Delete'; itemId: string; item: Item }

interface SyncPage<Item extends Logged> {
  changes: SyncChange<Item>[]
  position: SyncPosition
  /** Whether nothing is left after these. */
  complete: boolean
}

/** What happened in a folder, in order, for SyncFolderItems. */
export interface ChangeLog<Item extends Logged> {
  created(item: Item): void
  changed(item: Item): void
  removed(item: Item, sequence: number): void
  /** The next at most `limit` changes after `position`; `now` is the mailbox's sequence. */
  since(position: SyncPosition | null, now: number, limit: number): SyncPage<Item>
}

interface Change<Item> {
  sequence: number
  item: Item
  isRemoval: boolean
}

/**
 * Two lists in rising sequence. An item's later change makes its earlier ones stale; they are skipped, and swept out
 * when they are the greater part. Changes of known items come before new items: so a page cut anywhere leaves a
 * position that needs only two numbers.
 */
export function createChangeLog<Item extends Logged>(): ChangeLog<Item> {
  let additions: Item[] = []
  let changes: Change<Item>[] = []
  let live = 0
  const removals = new Set<string>()
  const latest = new Map<string, Change<Item>>()

  const isGone = (item: Item) => removals.has(item.id)
  const isStale = (change: Change<Item>) => latest.get(change.item.id) !== change

  function append(change: Change<Item>): void {
    latest.set(change.item.id, change)
    changes.push(change)
    if (changes.length > 64 && changes.length > 2 * latest.size)
      changes = changes.filter((entry) => !isStale(entry))
  }

  return {
    created(item) {
      additions.push(item)
      live += 1
    },
    changed(item) {
      append({ sequence: item.changedSequence, item, isRemoval: false })
    },
    removed(item, sequence) {
      removals.add(item.id)
      live -= 1
      append({ sequence, item, isRemoval: true })
      if (additions.length > 64 && additions.length > 2 * live)
        additions = additions.filter((entry) => !isGone(entry))
    },
    since(position, now, limit) {
      const known = position ?? { created: 0, changed: now }
      const page: SyncPage<Item> = { changes: [], position: { ...known }, complete: false }
      for (
        let at = firstAfter(changes, known.changed, (entry) => entry.sequence);
        at < changes.length;
        at += 1
      ) {
        const change = changes[at]
        if (!change || isStale(change) || change.item.createdSequence > known.created) continue
        if (page.changes.length === limit) return page
        page.changes.push(describe(change, known.changed))
        page.position.changed = change.sequence
      }
      page.position.changed = now
      for (
        let at = firstAfter(additions, known.created, (item) => item.createdSequence);
        at < additions.length;
        at += 1
      ) {
        const item = additions[at]
        if (!item || isGone(item)) continue
        if (page.changes.length === limit) return page
        page.changes.push({ kind: 'Create', item })
        page.position.created = item.createdSequence
      }
      page.position.created = now
      page.complete = true
      return page
    },
  }
}

function describe<Item extends Logged>({ item, isRemoval }: Change<Item>, known: number): SyncChange<Item> {
  if (isRemoval) return { kind: 'Delete', itemId: item.id, item }
  return { kind: item.contentSequence > known ? 'Update' : 'ReadFlagChange', item }
}

/** Index of the first entry whose number is greater than `bound`, in a list of rising numbers. */
function firstAfter<Entry>(entries: Entry[], bound: number, numberOf: (entry: Entry) => number): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (numberOf(entries[middle] as Entry) <= bound) low = middle + 1
    else high = middle
  }
  return low
}
