/** One IMAP connection, signed in, over imapflow, with every failure as `MailError`. */
import { ImapFlow, type ImapFlowOptions, type ListResponse, type MailboxObject } from 'imapflow'
import { authorities } from '../../lib/authorities.ts'
import { type ImapContext, imapError } from './imap-errors.ts'
import type { ImapParts, ImapSettings } from './imap-settings.ts'
import { type Secret, signIn } from './sign-in.ts'
import { throughProxy, transportOver } from './through-proxy.ts'

export interface ImapConnection {
  /** Runs one command and gives what it gives. Throws `MailError`. */
  command<Answer>(run: (client: ImapFlow) => Promise<Answer | false | undefined>): Promise<Answer>
  /** What a stream of answers gives, one by one. Throws `MailError`. */
  stream<Answer>(run: (client: ImapFlow) => AsyncIterable<Answer>): AsyncGenerator<Answer>
  /** Selects a folder, which also tells whether it changed. */
  select(path: string, access: 'read' | 'write'): Promise<MailboxObject>
  /** All folders, as they were when it was opened. */
  folders: ListResponse[]
  client: ImapFlow
  /** Ends it at once; what is under way fails. */
  close(): void
}

/** From the first packet to the end of the TLS handshake, as for HTTP. */
const connectMs = 15_000

/** How long a server may think about one command: searching a large folder takes it a while. */
const commandMs = 120_000

/**
 * How long one IDLE lasts until it is given anew. Servers give up on a silent client after 30 minutes (RFC 2177),
 * networks forget it after 5, and imapflow takes a connection for dead that was silent as long as a command may be.
 */
const idleMs = 100_000

/** One message at its largest, in one literal, with what stands around it. */
const largestAnswer = 48 * 1024 * 1024

/** Opens a connection and signs in. Throws `MailError`. */
export function connectImap(
  settings: ImapSettings,
  { credential }: ImapParts,
  signal: AbortSignal,
): Promise<ImapConnection> {
  const context = contextOf(settings, credential)
  return signIn(credential, 'imap', signal, (secret) => open(settings, secret, context, signal))
}

/**
 * Connects up to TLS and tells what was agreed. No credential is sent: imapflow then gives up in front of the login,
 * which proves what was asked. Throws `MailError`.
 */
export async function probeTls(
  settings: ImapSettings,
  parts: ImapParts,
  signal: AbortSignal,
): Promise<string> {
  const client = new ImapFlow(await optionsFor(settings, null))
  client.on('error', () => {})
  try {
    await unlessAborted(client, signal, () => client.connect())
  } catch (error) {
    if (!client.tls) throw imapError(error, contextOf(settings, parts.credential))
  }
  client.close()
  const { version, name } = client.tls || {}
  return `${version} ${name}`
}

function contextOf({ imap, address }: ImapSettings, credential: ImapParts['credential']): ImapContext {
  return { host: imap.host, address, usesPassword: 'password' in credential }
}

async function open(
  settings: ImapSettings,
  secret: Secret,
  context: ImapContext,
  signal: AbortSignal,
): Promise<ImapConnection> {
  /** imapflow answers many a refused command with false, and says why in its log only. */
  let refusal: unknown = null
  const noteRefusal = (entry: { err?: unknown }) => {
    refusal = entry.err ?? refusal
  }
  const client = new ImapFlow({ ...(await optionsFor(settings, secret)), logger: silentBut(noteRefusal) })
  // Whoever waits for an answer is told by its rejection; nobody else needs to be.
  client.on('error', () => {})
  await unlessAborted(client, signal, () => client.connect()).catch((error: unknown) => {
    throw imapError(error, context)
  })

  const connection: ImapConnection = {
    client,
    folders: [],
    async command(run) {
      refusal = null
      const answer = await run(client).catch((error: unknown) => {
        throw imapError(error, context)
      })
      if (answer === false || answer === undefined) throw imapError(refusal ?? lost(client), context)
      return answer
    },
    async *stream(run) {
      try {
        yield* run(client)
      } catch (error) {
        throw imapError(error, context)
      }
    },
    select: (path, access) =>
      connection.command((flow) => flow.mailboxOpen(path, { readOnly: access === 'read' })),
    close: () => client.close(),
  }
  try {
    connection.folders = await unlessAborted(client, signal, () => connection.command((flow) => flow.list()))
    return connection
  } catch (error) {
    client.close()
    throw error
  }
}

async function optionsFor(settings: ImapSettings, secret: Secret | null): Promise<ImapFlowOptions> {
  const { imap, user, extraCa, userAgent } = settings
  const tunnel = await throughProxy(imap, settings, connectMs)
  return {
    host: imap.host,
    port: imap.port,
    secure: imap.security === 'ssl',
    ...(imap.security === 'starttls' ? { doSTARTTLS: true } : {}),
    ...(secret === null
      ? {}
      : { auth: 'token' in secret ? { user, accessToken: secret.token } : { user, pass: secret.password } }),
    tls: { ca: authorities(extraCa) },
    ...(tunnel === null ? {} : { transport: transportOver(tunnel) }),
    clientInfo: { name: userAgent, version: false, vendor: false, 'support-url': false },
    logger: false,
    disableAutoIdle: true,
    disableAutoEnable: true,
    disableCompression: true,
    connectionTimeout: connectMs,
    socketTimeout: commandMs,
    maxIdleTime: idleMs,
    maxLiteralSize: largestAnswer,
    maxLineLength: largestAnswer,
    maxResponseSize: 2 * largestAnswer,
  }
}

function silentBut(warn: (entry: { err?: unknown }) => void) {
  const silent = () => {}
  return { debug: silent, info: silent, error: silent, warn }
}

function lost(client: ImapFlow): Error {
  const reason = client.byeReason === undefined ? {} : { reason: client.byeReason }
  return Object.assign(new Error('Connection not available'), { code: 'NoConnection', ...reason })
}

/** imapflow knows no signals: who gives up ends the connection. */
async function unlessAborted<Answer>(
  client: ImapFlow,
  signal: AbortSignal,
  run: () => Promise<Answer>,
): Promise<Answer> {
  const abort = () => client.close()
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await run()
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
