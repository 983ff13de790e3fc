/** Why a mail came back, as far as somebody can do something about it. One text each in the catalogues. */
export type BounceReason =
  | 'address'
  | 'domain'
  | 'full'
  | 'mailbox'
  | 'too-large'
  | 'unreachable'
  | 'loop'
  | 'content'
  | 'restricted'
  | 'authentication'
  | 'policy'
  | 'other'

/**
 * By subject and detail (RFC 3463 sections 3.2 to 3.8; RFC 7372 for authentication; Microsoft's list of non-delivery
 * codes for those of three digits).
 */
const byDetail: Record<string, BounceReason> = {
  '1.2': 'domain',
  '1.8': 'policy',
  '2.2': 'full',
  '2.3': 'too-large',
  '3.4': 'too-large',
  '4.6': 'loop',
  '4.14': 'loop',
  '7.2': 'restricted',
  '7.12': 'restricted',
  '7.20': 'authentication',
  '7.21': 'authentication',
  '7.22': 'authentication',
  '7.23': 'authentication',
  '7.24': 'authentication',
  '7.25': 'authentication',
  '7.26': 'authentication',
  '7.123': 'restricted',
  '7.124': 'restricted',
  '7.133': 'restricted',
  '7.134': 'restricted',
  '7.135': 'restricted',
  '7.136': 'restricted',
  '7.509': 'authentication',
  '7.515': 'authentication',
}

/** By subject alone. */
const bySubject: Record<string, BounceReason> = {
  1: 'address',
  2: 'mailbox',
  3: 'unreachable',
  4: 'unreachable',
  6: 'content',
  7: 'policy',
}

/** What an RFC 3463 status such as `5.1.1` means; `other` for one that says nothing, and for anything else. */
export function bounceReason(status: string | null): BounceReason {
  const [, subject = '', detail = ''] = /^[245]\.(\d{1,3})\.(\d{1,3})$/.exec(status ?? '') ?? []
  return byDetail[`${subject}.${detail}`] ?? bySubject[subject] ?? 'other'
}
