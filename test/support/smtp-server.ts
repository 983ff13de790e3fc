/** A real SMTP server that nobody here wrote (npm package smtp-server), on loopback. */
import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { type CertificateName, readTlsCertificate } from './tls-certificate.ts'

export interface TestSmtp extends AsyncDisposable {
  port: number
  caPem: string
  received: { from: string; to: string[]; mime: string }[]
  /** Secrets that were presented, in order. */
  presented: string[]
  /** Connections that were opened so far. */
  connections(): number
}

export interface SmtpScript {
  security?: 'ssl' | 'starttls' | 'none'
  /** What is said to a sign-in, to MAIL, RCPT (by recipient) and to a whole message; null cuts the connection. */
  login?: (secret: string) => string | undefined
  mail?: () => string | undefined
  recipient?: (address: string) => string | undefined
  message?: (mime: string) => string | null | undefined
  /** Cuts the connection when the message begins. */
  cutInMessage?: boolean
  size?: number
  /** What it shows; that of `localhost`, when left out. */
  certificate?: CertificateName
}

/** Starts a server that takes everything, but for what the script says. Replies are whole: `550 5.1.1 Unknown`. */
export async function startSmtp(script: SmtpScript = {}): Promise<TestSmtp> {
  const { caPem, cert, key } = await readTlsCertificate(script.certificate)
  const { security = 'ssl' } = script
  const received: TestSmtp['received'] = []
  const presented: string[] = []
  const sockets: Socket[] = []
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  const options: SMTPServerOptions = {
    secure: security === 'ssl',
    cert,
    key,
    authMethods: ['PLAIN', 'XOAUTH2'],
    disabledCommands: security === 'none' ? ['STARTTLS'] : [],
    ...(script.size === undefined ? {} : { size: script.size }),
    disableReverseLookup: true,
    onAuth(auth, _, done) {
      const secret = auth.method === 'XOAUTH2' ? auth.accessToken : auth.password
      presented.push(secret ?? '')
      const refusal = script.login?.(secret ?? '')
      if (refusal === undefined) done(null, { user: auth.username })
      else done(replyOf(refusal))
    },
    onMailFrom: (_, __, done) => done(replyOf(script.mail?.())),
    onRcptTo: ({ address }, _, done) => done(replyOf(script.recipient?.(address))),
    async onData(stream, session, done) {
      if (script.cutInMessage) return cut()
      const octets = await buffer(stream).catch(() => null)
      // The client went away in the middle.
      if (octets === null) return
      const mime = octets.toString()
      const answer = script.message?.(mime)
      if (answer === undefined || answer === null) {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          mime,
        })
      }
      if (answer === null) cut()
      else done(replyOf(answer))
    },
  }
  const server = new SMTPServer(options)
  server.on('error', () => {})
  server.server.on('connection', (socket: Socket) => sockets.push(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.server.address() as AddressInfo).port,
    caPem,
    received,
    presented,
    connections: () => sockets.length,
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function replyOf(reply: string | undefined): Error | null {
  if (reply === undefined) return null
  return Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) })
}
