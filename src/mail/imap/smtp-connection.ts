/** One SMTP connection, signed in, over nodemailer, with every failure as `MailError`. */
import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import XOAuth2 from 'nodemailer/lib/xoauth2'
import { authorities } from '../../lib/authorities.ts'
import type { Envelope } from './envelope.ts'
import type { Credential, ImapParts, ImapSettings } from './imap-settings.ts'
import { type Secret, signIn } from './sign-in.ts'
import { type SmtpContext, smtpError } from './smtp-errors.ts'
import { throughProxy } from './through-proxy.ts'

export interface SmtpConnection {
  /**
   * Sends octets as they are. Gives the recipients that were refused while others were taken. Throws `MailError`, with
   * `mayHaveHappened` when all was handed over and the server's answer did not come.
   */
  send(envelope: Envelope, mime: Uint8Array): Promise<string[]>
  close(): void
}

/** From the first packet to the greeting. */
const connectMs = 15_000

/** RFC 5321 (4.5.3.2) has a client wait ten minutes for the answer to a message; nobody takes longer than two. */
const answerMs = 120_000

/** Opens a connection and signs in. Throws `MailError`. */
export function connectSmtp(
  settings: ImapSettings,
  { credential }: ImapParts,
  signal: AbortSignal,
): Promise<SmtpConnection> {
  const context = contextOf(settings, credential)
  return signIn(credential, 'smtp', signal, (secret) => open(settings, secret, context, signal))
}

/**
 * Connects up to TLS, which proves name, port and certificate. No credential is sent. Throws `MailError`.
 */
export async function probeSmtpTls(
  settings: ImapSettings,
  { credential }: ImapParts,
  signal: AbortSignal,
): Promise<void> {
  const { connection } = await connect(settings, contextOf(settings, credential), signal)
  connection.quit()
}

function contextOf({ smtp, address }: ImapSettings, credential: Credential): SmtpContext {
  return { host: smtp.host, address, usesPassword: 'password' in credential }
}

/** A connection under TLS, not signed in. */
async function connect(settings: ImapSettings, context: SmtpContext, signal: AbortSignal) {
  const { smtp, extraCa } = settings
  const tunnel = await throughProxy(smtp, settings, connectMs)
  const connection = new SMTPConnection({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.security === 'ssl',
    requireTLS: true,
    ...(tunnel === null ? {} : { connection: tunnel }),
    tls: { ca: authorities(extraCa) },
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: answerMs,
  })
  const step = stepsOf(connection, signal)
  try {
    await step((done) => connection.connect(done))
  } catch (error) {
    connection.close()
    throw smtpError(error, context)
  }
  return { connection, step }
}

async function open(
  settings: ImapSettings,
  secret: Secret,
  context: SmtpContext,
  signal: AbortSignal,
): Promise<SmtpConnection> {
  const { connection, step } = await connect(settings, context, signal)
  try {
    await step((done) => connection.login(authentication(settings.user, secret), done))
  } catch (error) {
    connection.close()
    throw smtpError(error, context)
  }
  return {
    async send(envelope, mime) {
      // The stream is read once the server asks for the message (354), and its end is written after its last octet.
      const message = Readable.from([Buffer.from(mime.buffer, mime.byteOffset, mime.byteLength)])
      let handedOver = false
      message.once('end', () => {
        handedOver = true
      })
      try {
        const info = await step<SMTPConnection.SentMessageInfo>((done) =>
          connection.send({ ...envelope, size: mime.byteLength }, message, done),
        )
        return info.rejected
      } catch (error) {
        const answered = (error as SMTPConnection.SMTPError).responseCode !== undefined
        throw smtpError(error, context, handedOver && !answered)
      }
    },
    close: () => connection.quit(),
  }
}

function authentication(user: string, secret: Secret) {
  if ('password' in secret) return { credentials: { user, pass: secret.password } }
  return { oauth2: new XOAuth2({ user, accessToken: secret.token }) }
}

type Done<Value> = (error?: Error | null, value?: Value) => void

/** Turns nodemailer's ways of answering (a callback, an event, silence when we close) into one promise for each step. */
function stepsOf(connection: SMTPConnection, signal: AbortSignal) {
  let fail: (error: Error) => void = () => {}
  connection.on('error', (error) => fail(error))
  connection.on('end', () => {
    const current = fail
    // Where there is a reason, it is told right after the end.
    setImmediate(() => current(failure('The connection ended', 'ECONNECTION')))
  })
  return async <Value>(begin: (done: Done<Value>) => void): Promise<Value> => {
    const { promise, resolve, reject } = Promise.withResolvers<Value>()
    fail = reject
    const abort = () => {
      reject(failure('Given up', 'ABORT_ERR'))
      connection.close()
    }
    signal.addEventListener('abort', abort, { once: true })
    try {
      if (signal.aborted) abort()
      else begin((error, value) => (error ? reject(error) : resolve(value as Value)))
      return await promise
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }
}

function failure(message: string, code: string): Error {
  return Object.assign(new Error(message), { code })
}
