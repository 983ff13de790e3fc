import { foldAddress } from '../lib/fold-address.ts'
import type { Folder, ParsedMessage } from '../mail/message.ts'
import type { AuthenticationFacts, SenderFact, TokenFact, TrustFacts } from './verdict.ts'

/** The person whom the token was given to. */
export interface TokenHolder {
  /** Folded. */
  address: string
  /** Folded. */
  aliases: string[]
}

export interface TrustEvidence {
  message: Pick<ParsedMessage, 'from' | 'sender'>
  folder: Folder
  authentication: AuthenticationFacts
  token: TokenFact
  /** Null when the token is not ours or not there. */
  holder: TokenHolder | null
  /** Whether the From address belongs to anybody in the directory. */
  isKnown: boolean
  /** Whether the holder is still in the group that made them an assignee; true where no group did. */
  stillEntitled: boolean
}

/**
 * Brings together what the message, the mailbox, the token and the directory say of a reply.
 *
 * Addresses are compared as `foldAddress` leaves them, in full. A plus-tag is not cut off: whether `anna+x@` is Anna's
 * is for her domain to say (on many it is somebody else's mailbox), so whoever writes from one has it as an alias.
 * Display names say nothing.
 */
export function gatherFacts(evidence: TrustEvidence): TrustFacts {
  const { message, folder, authentication, token, stillEntitled } = evidence
  const author = message.from.length === 1 ? foldAddress(message.from[0]?.address ?? '') : null
  return {
    token,
    sender: senderFact(evidence, author),
    fromDomain: author === null ? null : domainOf(author),
    sentOnBehalf: message.sender !== null && !isAuthor(foldAddress(message.sender.address), author, evidence),
    folder,
    authentication,
    stillEntitled,
  }
}

function senderFact({ message, holder, isKnown }: TrustEvidence, author: string | null): SenderFact {
  if (message.from.length > 1) return 'several'
  if (author === null || domainOf(author) === null) return 'none'
  if (author === holder?.address) return 'assignee'
  if (holder?.aliases.includes(author)) return 'assignee-alias'
  return isKnown ? 'other-person' : 'stranger'
}

/** Whether the Sender header (RFC 5322, 3.6.2) names the author again, be it by another address of theirs. */
function isAuthor(sender: string, author: string | null, { holder }: TrustEvidence): boolean {
  const own = holder === null ? [] : [holder.address, ...holder.aliases]
  return sender === author || (author !== null && own.includes(author) && own.includes(sender))
}

function domainOf(address: string): string | null {
  const domain = address.slice(address.lastIndexOf('@') + 1)
  return address.includes('@') && domain !== '' ? domain : null
}
