import { readFile } from 'node:fs/promises'
import { defaultCompany } from '@countersign/simulator'
import type { App } from '../../src/app.ts'
import type { MailboxSettings } from '../../src/lib/mailbox-settings.ts'
import type { SimulatorProcess } from './simulator-process.ts'

export const asking = 'approvals@contoso.example'
export const requester = 'nadia.belkacem@contoso.example'
export const approver = { name: 'Élodie Gagnon', address: 'elodie.gagnon@contoso.example' }
export const nextApprover = 'thomas.berger@contoso.example'

/** A call of the API by its operator. Throws with the answer when it is no success. */
export type Api = <Answer>(method: 'GET' | 'POST' | 'PUT', url: string, body?: object) => Promise<Answer>

/** The API of the product in this process. */
export function apiOf(app: App): Api {
  return async (method, url, body) => {
    const answer = await app.server.inject({
      method,
      url,
      headers: { authorization: `Bearer ${app.operatorToken}` },
      ...(body ? { payload: body } : {}),
    })
    if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.body}`)
    return answer.json()
  }
}

/** The API of the product in another process. */
export function apiAt({ url: base, token }: { url: string; token: string }): Api {
  return async (method, url, body) => {
    const answer = await fetch(base + url, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (!answer.ok) throw new Error(`${method} ${url}: ${await answer.text()}`)
    return (await answer.json()) as never
  }
}

/** The ways in which the simulator's mailbox can be worked. */
export type MailboxType = MailboxSettings['type']

/** Sets up the sample company with its purchase process on the simulator's mailbox, which works from then on. */
export async function setUpCompany(
  api: Api,
  simulator: SimulatorProcess,
  type: MailboxType = 'exchange-online-ews',
): Promise<void> {
  if (type === 'exchange-server-ews') await turnIntoServer(simulator)
  await enableMailbox(api, simulator, true, type)
  await api('POST', '/api/people/import', { people: await readFile('examples/people.yaml', 'utf8') })
  await api('POST', '/api/processes/import', {
    definition: await readFile('examples/processes/purchase.yaml', 'utf8'),
    mailbox: 'approvals',
  })
}

/** Switches receiving and sending of the mailbox on or off. */
export async function enableMailbox(
  api: Api,
  simulator: SimulatorProcess,
  enabled: boolean,
  type: MailboxType = 'exchange-online-ews',
): Promise<void> {
  await api('PUT', '/api/mailboxes/approvals', {
    ...mailboxOf(simulator, type, asking),
    // What is measured is our work, not the waiting for a budget.
    remoteApproval: { enabled, messagesPerMinute: 100_000, recipientsPerDay: 1_000_000 },
  })
}

/** Of the asking mailbox's owner, where a server wants one. */
const password = 'Sim-ulated 1'

/** Makes of the company one with an Exchange Server of its own, which wants passwords. */
async function turnIntoServer(simulator: SimulatorProcess): Promise<void> {
  await simulator.control('POST', '/tenant', { exchangeServer: { domain: 'CONTOSO' } })
  await simulator.control('POST', `/mailboxes/${asking}`, { password })
}

/** What an administrator enters for this mailbox of the simulator. */
export function mailboxOf(simulator: SimulatorProcess, type: MailboxType, address: string): object {
  const { host, caPem, tokenEndpoint } = simulator
  const account = { type, extraCa: caPem, defaultReplyTo: address, user: address }
  const oauth = { ...registeredApp(), tokenEndpoint }
  switch (type) {
    case 'exchange-online-ews':
    case 'exchange-online-graph':
      return { mailbox: { ...account, host }, oauth }
    case 'exchange-server-ews':
      return { mailbox: { ...account, host, password, trustInternalMark: true } }
    case 'imap-smtp':
      // By Microsoft's names, since what a server says of a mail is believed of these alone; the simulator is the proxy.
      return { mailbox: { ...account, cloud: 'worldwide' }, oauth }
  }
}

/** What the simulator's company has registered in Entra for us. */
export function registeredApp(): { clientId: string; clientSecret: string } {
  const app = defaultCompany.apps?.[0]
  return { clientId: app?.id ?? '', clientSecret: app?.secrets?.[0]?.value ?? '' }
}

/** Makes requests, whose approval e-mails go out to the approver. */
export async function makeRequests(api: Api, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await api('POST', '/api/requests', {
      process: 'purchase',
      requester,
      data: { item: `Laptop ${index}`, amount: '1846.00', supplier: 'Litware Computing' },
    })
  }
}

/** Whether every mail of ours is known to be sent. */
export async function isAllSent(api: Api): Promise<boolean> {
  for (const state of ['waiting', 'sending', 'unknown']) {
    const { items } = await api<{ items: unknown[] }>('GET', `/api/messages/outbound?state=${state}&limit=1`)
    if (items.length > 0) return false
  }
  return true
}
