/** What a client says of itself in SASL XOAUTH2. */
export interface Xoauth2 {
  /** The mailbox it wants; with an app-only token the user is the mailbox. */
  user: string
  token: string
}

const CONTROL_A = String.fromCharCode(1)

/**
 * Reads the initial response `user=…^Aauth=Bearer …^A^A` out of its base64.
 * `malformed`: no base64, which is a mistake of the protocol; `unreadable`: base64 of something else.
 */
export function readXoauth2(text: string): Xoauth2 | 'malformed' | 'unreadable' {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) return 'malformed'
  const [user = '', bearer = '', ...end] = Buffer.from(text, 'base64').toString('utf8').split(CONTROL_A)
  const isWhole = end.length === 2 && end.join('') === ''
  if (!isWhole || !/^user=./i.test(user) || !/^auth=Bearer [^ ]+$/i.test(bearer)) return 'unreadable'
  return { user: user.slice('user='.length), token: bearer.slice('auth=Bearer '.length) }
}
