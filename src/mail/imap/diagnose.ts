import { MailError } from '../errors.ts'
import type { Check } from '../mailbox.ts'
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

type Finding = Omit<Check, 'id'>
type Step = (parts: DiagnoseParts, signal: AbortSignal) => Promise<Finding>

/** In the order in which they depend on each other. */
const readingSteps: Record<string, Step> = {
  tls: async ({ settings, parts }, signal) => ok(await probeTls(settings, parts, signal)),
  login: async ({ settings, session }, signal) =>
    session.run(signal, async ({ client }) => ok(`${settings.user}: ${client.greeting ?? ''}`.slice(0, 300))),
  'read-mailbox': async ({ session }, signal) => {
    const exists = await session.inFolder(inbox, 'read', signal, async ({ mailbox }) => mailbox.exists)
    return ok(`${inboxPath}: ${exists ?? 'missing'}`)
  },
  'processed-folder': async ({ settings, session }, signal) =>
    session.run(signal, async (connection) => {
      const path = pathUnderInbox(connection, settings.processedFolder)
      return ok((await hasFolder(connection, path)) ? path : `${path}: created with the first message`)
    }),
}

/** Sending goes another way than reading, and is checked whatever became of that. */
const sendingSteps: Record<string, Step> = {
  'smtp-login': async ({ settings, parts }, signal) => {
    const connection = await connectSmtp(settings, parts, signal)
    connection.close()
    return ok(`${settings.user} at ${settings.smtp.host}:${settings.smtp.port}`)
  },
}

/** Checks both ways step by step; after a failed step the others of its way are skipped. Changes nothing. */
export async function* diagnose(parts: DiagnoseParts, signal: AbortSignal): AsyncGenerator<Check> {
  yield* walk(readingSteps, parts, signal)
  yield* walk(sendingSteps, parts, signal)
}

async function* walk(
  steps: Record<string, Step>,
  parts: DiagnoseParts,
  signal: AbortSignal,
): AsyncGenerator<Check> {
  let failed = false
  for (const [id, step] of Object.entries(steps)) {
    const finding: Finding = failed
      ? { outcome: 'skipped', evidence: '', error: null }
      : await step(parts, signal).catch(failure)
    failed ||= finding.outcome === 'failed'
    yield { id, ...finding }
  }
}

function ok(evidence: string): Finding {
  return { outcome: 'ok', evidence, error: null }
}

function failure(error: unknown): Finding {
  if (!(error instanceof MailError)) throw error
  return { outcome: 'failed', evidence: error.message, error }
}
