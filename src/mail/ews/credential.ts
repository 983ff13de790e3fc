import type { TokenSource } from '../../oauth/token-source.ts'
import { applicationCaller } from './application-caller.ts'
import type { Caller } from './caller.ts'
import { userCaller } from './user-caller.ts'

/** An application's access tokens, for Exchange Online; or a user's password, for an Exchange Server. */
export type EwsCredential = { tokens: TokenSource } | { signInName: string; password: string }

export function callerWith(credential: EwsCredential): Caller {
  return 'tokens' in credential
    ? applicationCaller(credential.tokens)
    : userCaller(credential.signInName, credential.password)
}
