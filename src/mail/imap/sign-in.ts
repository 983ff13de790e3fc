import { MailError } from '../errors.ts'
import type { Credential } from './imap-settings.ts'

/** What is presented to a server at one attempt to sign in. */
export type Secret = { password: string } | { token: string }

/** Signs in; a refused token is dropped and the attempt made once more, with another one. */
export async function signIn<Session>(
  credential: Credential,
  signal: AbortSignal,
  attempt: (secret: Secret) => Promise<Session>,
): Promise<Session> {
  if ('password' in credential) return attempt(credential)
  const token = await credential.tokens.token(signal)
  try {
    return await attempt({ token })
  } catch (error) {
    if (!(error instanceof MailError) || error.kind !== 'auth') throw error
    credential.tokens.reject(token)
    return attempt({ token: await credential.tokens.token(signal) })
  }
}
