import { answerOf, api } from '../../api/client.ts'
import type { Session } from '../../api/session.ts'

export interface OwnSettings {
  locale: Session['person']['locale']
  /** Null for that of the mailbox a mail comes from. */
  timeZone: string | null
}

/** Throws `ProblemError`. */
export function saveSettings(body: OwnSettings): Promise<Session> {
  return answerOf(api.PUT('/api/session/settings', { body }))
}

/** Ends all other sessions. Throws `ProblemError`: `password-wrong`, `too-many-attempts` … */
export async function changePassword(body: { current: string; password: string }): Promise<void> {
  await answerOf(api.PUT('/api/session/password', { body }))
}
