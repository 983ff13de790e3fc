/**
 * The three places of a reply token in a mail of ours, written and found again (DESIGN section 6): the Message-ID,
 * which comes back in References (RFC 5322, 3.6.4); a Reply-To plus-address (RFC 5233); and the tag at the end of the
 * subject. Any one of them is enough, because every client and gateway loses another one.
 */

/** 80 random bits in lower-case base32 (RFC 4648, section 6). */
const TOKEN = '[a-z2-7]{16}'
const wholeToken = new RegExp(`^${TOKEN}$`)
const messageIdOfOurs = new RegExp(`^\\s*<?countersign\\.(${TOKEN})\\.[a-z0-9.-]+@`, 'i')
const plusAddress = new RegExp(`\\+(${TOKEN})@`, 'i')
const subjectTag = new RegExp(`\\[#\\d{1,16}-\\d{1,9}-(${TOKEN})\\]`, 'gi')

const anywhere = new RegExp(`#\\d{1,16}-\\d{1,9}-(${TOKEN})\\]|\\+(${TOKEN})@`, 'gi')

const instancePrefix = /^[a-z0-9.-]{1,30}$/i

/** RFC 5321, 4.5.3.1.1. */
const LOCAL_PART_OCTETS = 64
/** Far above what a client keeps of a thread, and a bound on what a stranger makes us read. */
const MAX_REFERENCES = 1_000
const MAX_RECIPIENTS = 1_000
/** RFC 5322 allows 998 octets a line; a subject may be folded over several. */
const MAX_SUBJECT = 4_000

/** What a message shows of itself before it is fetched. */
export interface ReplyHead {
  subject: string
  /** Message-IDs of In-Reply-To and References. */
  references: string[]
  /** Addresses the message was sent to. */
  recipients: string[]
}

/**
 * The Message-ID of a mail of ours: `<countersign.k3v….countersign.0197…@contoso.example>`. `instance` is the prefix of
 * the installation that sends it, and `unique` tells its mails apart (lower-case letters, digits and hyphens); a mail
 * that nobody answers has no token. Throws on anything that could break out of the header.
 */
export function buildMessageId(parts: {
  token: string | null
  instance: string
  unique: string
  domain: string
}): string {
  if (!instancePrefix.test(parts.instance)) throw new Error(`Not an instance prefix: ${parts.instance}`)
  if (!/^[a-z0-9-]{1,64}$/.test(parts.unique)) throw new Error(`Not a part of a Message-ID: ${parts.unique}`)
  if (!/^[a-z0-9.-]{1,253}$/i.test(parts.domain)) throw new Error(`Not a domain: ${parts.domain}`)
  const own = `${parts.instance}.${parts.unique}`
  const left = parts.token === null ? own : `${checkToken(parts.token)}.${own}`
  return `<countersign.${left}@${parts.domain}>`
}

/**
 * Where the answer goes: `approvals+<token>@contoso.example`, or the address as it is when its local part would grow
 * beyond 64 octets. To be called only where the mailbox is known to take plus-addresses.
 */
export function buildReplyAddress(address: string, token: string): string {
  const at = address.lastIndexOf('@')
  const local = `${address.slice(0, at)}+${checkToken(token)}`
  return Buffer.byteLength(local) > LOCAL_PART_OCTETS ? address : `${local}${address.slice(at)}`
}

/** The tag at the end of the subject: `[#42-7-k3v…]`. */
export function buildSubjectTag(parts: { request: number; action: number; token: string }): string {
  return `[#${parts.request}-${parts.action}-${checkToken(parts.token)}]`
}

/**
 * What may be reply tokens in a message, strongest place first, each once. Any 16 letters behind a plus look like one,
 * so only those whose hash is stored are tokens; and even they may have been forwarded, and are judged with the sender.
 */
export function findTokens(head: ReplyHead): string[] {
  const found = [
    ...head.references.slice(0, MAX_REFERENCES).map((reference) => messageIdOfOurs.exec(reference)?.[1]),
    ...head.recipients.slice(0, MAX_RECIPIENTS).map((recipient) => plusAddress.exec(recipient)?.[1]),
    tagAtEnd(head.subject),
  ]
  return [...new Set(found.flatMap((token) => (token === undefined ? [] : token.toLowerCase())))]
}

/** Whether a text, such as a delivery report, names a Message-ID that this instance made. */
export function namesMailOf(instance: string, text: string): boolean {
  const exactly = instance.replace(/[.]/g, '\\.')
  return new RegExp(`<countersign\\.(?:${TOKEN}\\.)?${exactly}\\.[a-z0-9-]+@`, 'i').test(text)
}

/** What may be reply tokens anywhere in a text, such as a report that holds a mail of ours: at most so many, each once. */
export function tokensIn(text: string, most: number): string[] {
  const found = new Set<string>()
  for (const [, tagged, address] of text.matchAll(anywhere)) {
    found.add((tagged ?? address ?? '').toLowerCase())
    if (found.size === most) break
  }
  return [...found]
}

/** The last tag of a subject: one before it is part of a request's title, which anybody may have written. */
function tagAtEnd(subject: string): string | undefined {
  // Gateways fold long subjects in the middle of a word and leave the space of the fold behind.
  const unfolded = subject.slice(0, MAX_SUBJECT).replace(/\s+/g, '')
  return [...unfolded.matchAll(subjectTag)].at(-1)?.[1]
}

function checkToken(token: string): string {
  if (!wholeToken.test(token)) throw new Error('Not a reply token')
  return token
}
