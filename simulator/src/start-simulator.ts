import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Company, defaultCompany } from './company.ts'
import { controlApi } from './control/control-api.ts'
import { tokenEndpoint } from './entra/token-endpoint.ts'
import { ewsEndpoint } from './ews/endpoint.ts'
import { graphEndpoint } from './graph/endpoint.ts'
import { BodyTooLarge } from './http/read-body.ts'
import { send } from './http/send.ts'
import { leadHere, microsoftHosts } from './http/tunnel.ts'
import { serveImap } from './imap/serve-imap.ts'
import { listen as listenForLines } from './line-protocol/listen.ts'
import { createMailboxFeed } from './mailbox-feed.ts'
import { serveSmtp } from './smtp/serve-smtp.ts'
import { createServerCertificate } from './tls/create-server-certificate.ts'
import { createWebmail } from './webmail/index.ts'
import { createWebmailBackend } from './webmail-backend.ts'
import { createWorld, endWorld, type World } from './world.ts'

export interface SimulatorOptions {
  /** Port of the TLS server; 0, the default, takes a free one. */
  port?: number
  /** Port of the plain server; 0, the default, takes a free one. */
  httpPort?: number
  /** Ports of IMAP and SMTP by the names of their URLs; 0, the default, takes a free one. */
  linePorts?: Partial<Record<LineUrl, number>>
  /** Default: Contoso, as in `company.ts`. */
  company?: Company
}

/** How IMAP and SMTP are reached. */
const lineDoors = {
  /** IMAP under TLS. */
  imapsUrl: { protocol: 'imap', isSecure: true, needsTls: false },
  /** IMAP without; STARTTLS is offered. */
  imapUrl: { protocol: 'imap', isSecure: false, needsTls: false },
  /** SMTP under TLS. */
  smtpsUrl: { protocol: 'smtp', isSecure: true, needsTls: false },
  /** SMTP with STARTTLS, without which nobody is let in. */
  smtpUrl: { protocol: 'smtp', isSecure: false, needsTls: true },
  /** SMTP without TLS, for loopback alone. */
  smtpPlainUrl: { protocol: 'smtp', isSecure: false, needsTls: false },
} as const

type LineUrl = keyof typeof lineDoors

const lineUrls = Object.keys(lineDoors) as LineUrl[]

/** `imapsUrl` and the like: `imaps://localhost:PORT`. */
export interface Simulator extends Record<LineUrl, string> {
  /** `https://localhost:PORT` */
  https: string
  /** `http://127.0.0.1:PORT` */
  http: string
  /** The certificate authority to trust, as a file and as text. */
  caFile: string
  caPem: string
  tokenEndpoint: string
  ewsUrl: string
  /** Base of Microsoft Graph, `https://localhost:PORT/v1.0`. */
  graphUrl: string
  tenantId: string
  /** The present world, for tests in the same process; another one after a reset. */
  world(): World
  /** Ends every connection and removes the certificate file. */
  close(): Promise<void>
}

/** Starts a simulator on loopback, with nothing in its mailboxes. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const company = options.company ?? defaultCompany
  const feed = createMailboxFeed()
  const tokenKey = randomBytes(32)
  let world = createWorld(company, tokenKey, feed.tell)
  const reset = () => {
    endWorld(world)
    world = createWorld(company, tokenKey, feed.tell)
  }

  const webmail = createWebmail(
    createWebmailBackend(() => world, feed),
    () => new Date(world.clock.now()),
  )

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Of the simulator's clock: clients measure their own against it.
    response.setHeader('Date', new Date(world.clock.now()).toUTCString())
    const url = new URL(request.url ?? '/', 'http://simulator')
    const handled =
      (await controlApi(world, request, response, url, reset)) ||
      (await tokenEndpoint(world, request, response, url.pathname)) ||
      (await ewsEndpoint(world, request, response, url.pathname)) ||
      (await graphEndpoint(world, request, response, url)) ||
      (await webmail(request, response))
    if (!handled) send(response, 404, { 'content-type': 'text/plain' }, 'Not found\n')
  }

  const certificate = await createServerCertificate(microsoftHosts)
  const { caPem, certificatePem, keyPem } = certificate
  const folder = await mkdtemp(join(tmpdir(), 'simulator-'))
  const caFile = join(folder, 'ca.pem')
  await writeFile(caFile, caPem)
  const secure = createHttpsServer({ cert: certificatePem, key: keyPem }, guard(answer))
  const plain = createHttpServer(guard(answer))
  const https = `https://localhost:${await listen(secure, options.port ?? 0)}`
  const http = `http://127.0.0.1:${await listen(plain, options.httpPort ?? 0)}`
  const doors = await Promise.all(
    lineUrls.map(async (name) => {
      const { protocol, isSecure, needsTls } = lineDoors[name]
      const server = await listenForLines(
        { port: options.linePorts?.[name] ?? 0, isSecure, certificate },
        (connection) =>
          protocol === 'imap' ? serveImap(world, connection) : serveSmtp(world, connection, needsTls),
      )
      return { name, server, url: `${protocol}${isSecure ? 's' : ''}://localhost:${server.port}` }
    }),
  )
  const urls = Object.fromEntries(doors.map(({ name, url }) => [name, url])) as Record<LineUrl, string>
  const doorOf: Record<number, string> = {
    443: https,
    993: urls.imapsUrl,
    143: urls.imapUrl,
    587: urls.smtpUrl,
  }
  plain.on('connect', leadHere(doorOf))
  return {
    ...urls,
    https,
    http,
    caFile,
    caPem,
    tokenEndpoint: `${https}/${company.id}/oauth2/v2.0/token`,
    ewsUrl: `${https}/EWS/Exchange.asmx`,
    graphUrl: `${https}/v1.0`,
    tenantId: company.id,
    world: () => world,
    async close() {
      endWorld(world)
      await Promise.all([
        shut(secure),
        shut(plain),
        ...doors.map(({ server }) => server.close()),
        rm(folder, { recursive: true, force: true }),
      ])
    },
  }
}

/** A request that breaks something here gets a 500 with the reason, and the simulator lives on. */
function guard(answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>) {
  return (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) {
        response.destroy()
        return
      }
      const status = error instanceof BodyTooLarge ? 413 : error instanceof URIError ? 400 : 500
      const reason = error instanceof Error ? (status === 500 ? error.stack : error.message) : String(error)
      send(
        response,
        status,
        { 'content-type': 'text/plain; charset=utf-8', connection: 'close' },
        `${reason}\n`,
      )
    })
  }
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    // `localhost` may mean ::1 to a client; the certificate names both.
    server.listen(port, '127.0.0.1', resolve)
  })
  return (server.address() as AddressInfo).port
}

async function shut(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}
