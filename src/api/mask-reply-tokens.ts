/**
 * A reply token that still works is a key: views of a message show `•` in its place (promise 7). Tokens are found by
 * where they stand, in the places that `lib/reply-token.ts` writes them to, also percent-encoded in mailto links.
 */

/** Gateways fold long lines in the middle of a token; quoted-printable breaks it with `=` at the line's end. */
const FOLD = '(?:=?\\r?\\n[ \\t]?| )?'
const TOKEN = `[a-z2-7](?:${FOLD}[a-z2-7]){15}`

const places = [
  new RegExp(`(?<=countersign\\.)${TOKEN}(?=\\.)`, 'gi'),
  new RegExp(`(?<=\\+|%2B)${TOKEN}(?=@|%40|=40)`, 'gi'),
  new RegExp(`(?<=(?:#|%23|=23)\\d{1,16}-\\d{1,9}-)${TOKEN}`, 'gi'),
]

/** The text with every reply token masked, at the same length: offsets into it stay true. */
export function maskReplyTokens(text: string, mask = '•'): string {
  return places.reduce(
    (masked, place) => masked.replace(place, (token) => token.replace(/[a-z2-7]/gi, mask)),
    text,
  )
}

/** The same for every text inside a value: a bounce names our Message-ID, a comment may quote our subject. */
export function maskReplyTokensIn<T>(value: T): T {
  if (typeof value === 'string') return maskReplyTokens(value) as T
  if (Array.isArray(value)) return value.map(maskReplyTokensIn) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, maskReplyTokensIn(member)]),
  ) as T
}
