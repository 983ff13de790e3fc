import type { Caller, Meaning } from './caller.ts'

/** Directories lock an account after a few wrong passwords, such as ten in a quarter of an hour. */
const nextPasswordMs = 60 * 60_000

/**
 * A user of an Exchange Server, by HTTP Basic (RFC 7617, in UTF-8), whose own mailbox it is. A password that was refused
 * is tried again once an hour at most: whoever mends it saves the settings, or resets the account.
 */
export function userCaller(signInName: string, password: string): Caller {
  const authorization = `Basic ${Buffer.from(`${signInName}:${password}`).toString('base64')}`
  return {
    impersonates: false,
    authorization: async () => authorization,
    reject: () => false,
    unauthorised,
    forbidden: () => ({
      kind: 'blocked-by-policy',
      retry: 'pause-mailbox',
      messageKey: 'exchange-server.forbidden',
    }),
  }
}

/** What a server asks for tells whether it would take any password. Several challenges may share a header. */
function unauthorised(headers: Headers): Meaning {
  const takesPasswords = /(^|,)\s*basic\b/i.test(headers.get('www-authenticate') ?? '')
  const messageKey = takesPasswords ? 'exchange-server.password-refused' : 'exchange-server.basic-off'
  return { kind: 'auth', retry: 'pause-mailbox', retryAfterMs: nextPasswordMs, messageKey }
}
