import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { createServer } from '../../src/api/create-server.ts'
import { importPeople } from '../../src/approvals/commands/import-people.ts'
import { importProcess } from '../../src/approvals/commands/import-process.ts'
import { createQueue } from '../../src/jobs/queue.ts'
import { createLog } from '../../src/lib/log.ts'
import { openMailboxes } from '../../src/mailboxes/open-mailboxes.ts'
import { saveMailbox } from '../../src/mailboxes/save-mailbox.ts'
import { mailboxForm } from '../../src/mailboxes/settings.ts'
import { openAdapter } from '../../src/open-adapter.ts'
import { type ApiScope, apiScopes, createApiToken } from '../../src/people/api-tokens.ts'
import { findPersonByAddress } from '../../src/people/find-person.ts'
import type { Context } from '../../src/store/context.ts'
import { openKeyRing } from '../../src/store/key-ring.ts'
import type { SigningKey } from '../../src/store/signing-key.ts'
import type { Store } from '../../src/store/store.ts'

export const examples = join(import.meta.dirname, '..', '..', 'examples')

/** People of the sample company, by what they are in a purchase. */
export const people = {
  requester: 'nadia.belkacem@contoso.example',
  manager: 'elodie.gagnon@contoso.example',
  finance: 'thomas.berger@contoso.example',
  stranger: 'anna.novak@fabrikam.example',
  administrator: 'admin@contoso.example',
}

export const purchase = { item: '12 laptops', amount: '18460.00', supplier: 'Litware Computing' }

/** A mailbox form that nobody answers behind. */
export const mailboxSettings = {
  mailbox: {
    type: 'exchange-online-ews',
    host: '127.0.0.1:9',
    defaultReplyTo: 'approvals@contoso.example',
    user: 'approvals@contoso.example',
  },
  oauth: {
    clientId: '11111111-2222-3333-4444-555555555555',
    clientSecret: 'never-to-be-seen-again',
    scope: 'https://outlook.office365.com/.default',
    tokenEndpoint: 'https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token',
  },
}

export interface Answer {
  status: number
  headers: Record<string, unknown>
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers member by member
  body: any
}

export interface SampleApi {
  server: FastifyInstance
  context: Context
  operatorToken: string
  /** A token of this person, with every scope unless told otherwise. */
  tokenFor(address: string, scopes?: ApiScope[]): Promise<string>
  call(token: string | null, method: string, url: string, body?: unknown, headers?: object): Promise<Answer>
  close(): Promise<void>
}

/** The API on a database with the sample company, its mailbox and the purchase process; nothing sends or receives. */
export async function openSampleApi(
  store: Store,
  options: Partial<Pick<Context, 'log' | 'clock' | 'rawDirectory' | 'publicUrl'>> & {
    signingKey?: SigningKey
  } = {},
): Promise<SampleApi> {
  const log = options.log ?? createLog('silent')
  const clock = options.clock ?? (() => new Date())
  const queue = await createQueue({ store, log })
  const keys = await openKeyRing({
    key: Buffer.alloc(32, 7).toString('base64'),
    keyFile: null,
    dataDirectory: null,
  })
  const rawDirectory = options.rawDirectory ?? null
  const publicUrl = options.publicUrl ?? null
  const context: Context = { db: store.db, clock, log, keys, enqueue: queue.enqueue, rawDirectory, publicUrl }
  await importPeople(context, readFileSync(join(examples, 'people.yaml'), 'utf8'))
  await saveMailbox(context, 'main', mailboxForm.parse(mailboxSettings))
  const definition = readFileSync(join(examples, 'processes', 'purchase.yaml'), 'utf8')
  await importProcess(context, { definition, mailbox: null })

  const mailboxes = openMailboxes(context, (settings, secret) => openAdapter(settings, secret, { log }))
  const operatorToken = 'the-operator-of-this-run'
  const readiness = async () => []
  const metrics = { token: null, scrape: async () => ({ contentType: 'text/plain', text: '' }) }
  const { signingKey = null } = options
  const server = createServer({ context, mailboxes, operatorToken, signingKey, readiness, metrics })
  return {
    server,
    context,
    operatorToken,
    async tokenFor(address, scopes = [...apiScopes]) {
      const person = await findPersonByAddress(context.db, address)
      if (!person) throw new Error(`${address} is not in the sample`)
      const made = await createApiToken(context, {
        personId: person.id,
        name: 'test',
        scopes,
        expiresAt: null,
      })
      return made.token
    },
    async call(token, method, url, body, headers = {}) {
      const answer = await server.inject({
        method: method as 'GET',
        url,
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const isJson = /[/+]json/.test(String(answer.headers['content-type'] ?? ''))
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text: answer.body,
        body: isJson && answer.body !== '' ? JSON.parse(answer.body) : null,
      }
    },
    async close() {
      await server.close()
      await queue.stop()
      await mailboxes.close()
    },
  }
}
