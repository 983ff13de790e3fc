import { eraseFiles } from '../approvals/commands/erase-files.ts'
import { eraseExpired } from '../inbound/erase-expired.ts'
import { forgetFooters } from '../inbound/footers/forget-footers.ts'
import { logExpiry } from '../mailboxes/log-expiry.ts'
import { forgetAttempts } from '../people/sign-in/admit-attempt.ts'
import { forgetSessions } from '../people/sign-in/sessions.ts'
import type { Context } from '../store/context.ts'
import { sweepRaw } from '../store/raw-messages/sweep-raw.ts'

/**
 * What is done each night: warns of credentials that end, erases what is kept no longer, forgets footers that nobody
 * writes any more, sessions that are over and attempts to sign in, removes files that no row names.
 */
export async function cleanUp(context: Context, signal: AbortSignal): Promise<void> {
  await logExpiry(context)
  await eraseExpired(context, signal)
  await eraseFiles(context, signal)
  await forgetFooters(context)
  await forgetSessions(context)
  await forgetAttempts(context)
  const removed = await sweepRaw(context.db, context.rawDirectory, context.clock())
  context.log.info({ removed }, 'files of raw messages that no row names are removed')
}
