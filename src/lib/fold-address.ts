import { domainToASCII } from 'node:url'

/**
 * The form in which mail addresses are stored and compared: lower case, and the domain in its ASCII form (RFC 5891),
 * so that one mailbox has one spelling. Exchange treats local parts without regard to case.
 */
export function foldAddress(address: string): string {
  const trimmed = address.trim().normalize('NFC').toLowerCase()
  const at = trimmed.lastIndexOf('@')
  if (at < 0) return trimmed
  const domain = trimmed.slice(at + 1)
  return `${trimmed.slice(0, at)}@${domainToASCII(domain) || domain}`
}
