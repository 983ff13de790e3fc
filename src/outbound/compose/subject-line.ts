import { plainLine } from './plain-text.ts'

/**
 * Exchange cuts subjects at 255 characters. Ours stay shorter, because clients and gateways write `RE: TR: ` or
 * `[EXTERNAL] ` in front and the tag at the end must survive that.
 */
const MAX_SUBJECT = 200

export interface SubjectParts {
  /** Before the title, our own words with their final space; may be empty. */
  prefix: string
  /** The request's title: anybody's words. */
  title: string
  amount: string | null
  /** `[#42-7-k3v…]`; null when no answer is expected. */
  tag: string | null
}

/** The subject on one line of at most 200 UTF-16 units. The title is cut where needed, the tag never. */
export function subjectLine(parts: SubjectParts): string {
  const title = plainLine(parts.title, MAX_SUBJECT)
  const amount = plainLine(parts.amount ?? '', 40)
  const ending = [
    amount === '' || title.includes(amount) ? '' : ` · ${amount}`,
    parts.tag === null ? '' : ` ${parts.tag}`,
  ].join('')
  const prefix = plainLine(parts.prefix, 60)
  const start = prefix === '' ? title : `${prefix} ${title}`
  return `${plainLine(start, MAX_SUBJECT - ending.length)}${ending}`
}
