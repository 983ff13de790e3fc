import type { Check } from '../mailbox.ts'
import { ok, runChecks } from '../run-checks.ts'
import { hasFolder, inbox, inboxPath, pathUnderInbox } from './folders.ts'
import { probeTls } from './imap-connection.ts'
import type { ImapSession } from './imap-session.ts'
import type { ImapParts, ImapSettings } from './imap-settings.ts'
import { connectSmtp } from './smtp-connection.ts'

export interface DiagnoseParts {
  settings: ImapSettings
  parts: ImapParts
  session: ImapSession
}

/**
 * Checks both ways step by step; after a failed step the others of its way are skipped. Sending goes another way than
 * reading, and is checked whatever became of that. Changes nothing.
 */
export async function* diagnose(
  { settings, parts, session }: DiagnoseParts,
  signal: AbortSignal,
): AsyncGenerator<Check> {
  const { user } = settings
  yield* runChecks({
    tls: async () => ok(await probeTls(settings, parts, signal)),
    login: () =>
      session.run(signal, async ({ client }) => ok(`${user}: ${client.greeting ?? ''}`.slice(0, 300))),
    'read-mailbox': async () => {
      const exists = await session.inFolder(inbox, 'read', signal, async ({ mailbox }) => mailbox.exists)
      return ok(`${inboxPath}: ${exists ?? 'missing'}`)
    },
    'processed-folder': () =>
      session.run(signal, async (connection) => {
        const path = pathUnderInbox(connection, settings.processedFolder)
        return ok((await hasFolder(connection, path)) ? path : `${path}: created with the first message`)
      }),
  })
  yield* runChecks({
    'smtp-login': async () => {
      const connection = await connectSmtp(settings, parts, signal)
      connection.close()
      return ok(`${user} at ${settings.smtp.host}:${settings.smtp.port}`)
    },
  })
}
