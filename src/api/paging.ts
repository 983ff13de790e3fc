import { z } from 'zod'

const MOST = 200

/** Query members of a paged list. `after` is the `next` of the page before. */
export function pageQuery<Key extends z.ZodType>(key: Key) {
  return {
    limit: z.coerce.number().int().min(1).max(MOST).default(50),
    after: key.optional(),
  }
}

/** A page of a list: paging by key, so that rows which come or go meanwhile neither repeat nor hide others. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().describe('Pass it as `after` for the following page; null on the last one'),
  })
}

/** Cuts rows that were read with `limit + 1` into a page and the key of its last row. */
export function toPage<Row extends { id: string | number }>(
  rows: Row[],
  limit: number,
): { rows: Row[]; next: string | null } {
  return toPageBy(rows, limit, ({ id }) => String(id))
}

/** The same of a list in another order than that of its ids. */
export function toPageBy<Row>(
  rows: Row[],
  limit: number,
  keyOf: (row: Row) => string,
): { rows: Row[]; next: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, next: rows.length > limit && last !== undefined ? keyOf(last) : null }
}
