/** Clients cut mailto links at about 2,000 characters, and a cut link loses the tag or the answer. */
const MAX_LINK = 1_800

export interface AnswerLink {
  /** Reply-To of the mail. */
  to: string
  /** Subject of the mail without its tag. */
  subject: string
  /** `[#42-7-k3v…]` */
  tag: string
  /** What is answered: a word, or the lines of a form. */
  lines: string[]
}

/** What the lines may take once they are encoded; addresses, tag and something of the subject have the rest. */
const MAX_LINES = 1_000

/** Whether an answer of these lines fits into a link. */
export function fitsLink(lines: string[]): boolean {
  return encode(lines.join('\r\n')).length <= MAX_LINES
}

/**
 * A mailto link (RFC 6068) that opens a reply with the answer written in it: subject and body as a reply to the mail
 * would have them. The link is at most 1,800 characters long: the subject is shortened, tag and answer never.
 *
 * The body is the answer and an empty line to go on writing, nothing else: any hint in it could be taken for a comment.
 */
export function answerLink({ to, subject, tag, lines }: AnswerLink): string {
  const at = to.lastIndexOf('@')
  const head = `mailto:${encode(to.slice(0, at))}@${encode(to.slice(at + 1))}?subject=${encode('RE: ')}`
  const tail = `${encode(` ${tag}`)}&body=${encode(`${lines.join('\r\n')}\r\n\r\n`)}`
  return `${head}${encodeWithin(subject, MAX_LINK - head.length - tail.length)}${tail}`
}

/** As many whole characters of `text` as fit into `max` once encoded. */
function encodeWithin(text: string, max: number): string {
  let encoded = ''
  for (const character of text) {
    const next = encode(character)
    if (encoded.length + next.length > max) break
    encoded += next
  }
  return encoded
}

/**
 * Everything but letters, digits and `-._~` is encoded: a bare `+` becomes a space in some clients, a comma ends the
 * address in Outlook on the web, an apostrophe may end the attribute.
 */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
