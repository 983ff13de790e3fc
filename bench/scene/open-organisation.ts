import { readFile } from 'node:fs/promises'
import { defaultCompany } from '@countersign/simulator'
import { type App, openApp } from '../../src/app.ts'
import { readConfig } from '../../src/config/read-config.ts'
import type { SimulatorProcess } from './simulator-process.ts'

export const asking = 'approvals@contoso.example'

/** Where the organisation keeps its data: a folder for PGlite, a URL for PostgreSQL. */
export type Place = { dataDirectory: string } | { databaseUrl: string }

export interface Organisation {
  app: App
  /** A call of the API, in process. Throws with the answer when it is no success. */
  api<Answer>(method: 'GET' | 'POST' | 'PUT', url: string, body?: object): Promise<Answer>
  /** Switches receiving and sending of the mailbox on or off. */
  enableMailbox(enabled: boolean): Promise<void>
}

/** The configuration of a process that works on this database. */
export function configOf(place: Place) {
  return readConfig({
    COUNTERSIGN_LOG_LEVEL: 'error',
    // PostgreSQL needs a key from outside; all zeros is one that nobody mistakes for a real one.
    ...('databaseUrl' in place
      ? { DATABASE_URL: place.databaseUrl, COUNTERSIGN_KEY: Buffer.alloc(32).toString('base64') }
      : { COUNTERSIGN_DATA: place.dataDirectory }),
  })
}

/**
 * Opens the product as `serve` does, jobs included, and sets up the sample company with its purchase process on the
 * simulator's mailbox, all through the API.
 */
export async function openOrganisation(simulator: SimulatorProcess, place: Place): Promise<Organisation> {
  const app = await openApp(configOf(place), { jobs: true })

  async function api<Answer>(method: 'GET' | 'POST' | 'PUT', url: string, body?: object): Promise<Answer> {
    const answer = await app.server.inject({
      method,
      url,
      headers: { authorization: `Bearer ${app.operatorToken}` },
      ...(body ? { payload: body } : {}),
    })
    if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.body}`)
    return answer.json()
  }

  async function enableMailbox(enabled: boolean): Promise<void> {
    const registered = defaultCompany.apps?.[0]
    await api('PUT', '/api/mailboxes/approvals', {
      mailbox: {
        type: 'exchange-online-ews',
        host: simulator.host,
        extraCa: simulator.caPem,
        defaultReplyTo: asking,
        user: asking,
      },
      oauth: {
        clientId: registered?.id,
        clientSecret: registered?.secrets?.[0]?.value,
        scope: 'https://outlook.office365.com/.default',
        tokenEndpoint: simulator.tokenEndpoint,
      },
      remoteApproval: { enabled },
    })
  }

  await enableMailbox(true)
  await api('POST', '/api/people/import', { people: await readFile('examples/people.yaml', 'utf8') })
  await api('POST', '/api/processes/import', {
    definition: await readFile('examples/processes/purchase.yaml', 'utf8'),
    mailbox: 'approvals',
  })
  return { app, api, enableMailbox }
}
