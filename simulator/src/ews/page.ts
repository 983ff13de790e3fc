import { EwsError } from './ews-error.ts'
import type { XmlElement } from './xml-element.ts'

/** When a restriction has to be evaluated (EWSFindCountLimit). */
const RESTRICTED_LIMIT = 250

export interface Page<Entry> {
  entries: Entry[]
  /** The paging attributes of `m:RootFolder`. */
  attributes: Record<string, string>
}

/** Cuts the page that an `IndexedPage…View` asks for out of all entries found. */
export function cutPage<Entry>(
  found: Entry[],
  view: XmlElement | undefined,
  { pageLimit, isRestricted }: { pageLimit: number; isRestricted: boolean },
): Page<Entry> {
  const asked = view?.attributes.MaxEntriesReturned
  const limit = Math.min(
    asked === undefined ? pageLimit : Number(asked),
    isRestricted ? RESTRICTED_LIMIT : pageLimit,
    pageLimit,
  )
  const offset = Number(view?.attributes.Offset ?? 0)
  if (limit < 1) throw new EwsError('ErrorInvalidPagingMaxRows')
  if (offset < 0) throw new EwsError('ErrorInvalidIndexedPagingParameters')
  const fromEnd = view?.attributes.BasePoint === 'End'
  const end = fromEnd ? Math.max(found.length - offset, 0) : Math.min(offset + limit, found.length)
  const start = fromEnd ? Math.max(end - limit, 0) : Math.min(offset, end)
  return {
    entries: found.slice(start, end),
    attributes: {
      IndexedPagingOffset: String(fromEnd ? found.length - start : end),
      TotalItemsInView: String(found.length),
      IncludesLastItemInRange: String(fromEnd ? start === 0 : end === found.length),
    },
  }
}
