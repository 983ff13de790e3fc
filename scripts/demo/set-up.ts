import { readFile } from 'node:fs/promises'
import type { Simulator } from '@countersign/simulator'
import { defaultCompany } from '@countersign/simulator'
import type { Api } from './api.ts'
import { texts } from './texts.ts'

const mailboxAddress = 'approvals@contoso.example'

/** The types of mailbox that the demo can set up. */
const types = {
  'exchange-online-ews': applicationFor(
    'exchange-online-ews',
    // Exactly as the WorkflowGen guide says, which glues the grant type to it.
    'https://outlook.office365.com/.default&grant_type=client_credentials',
  ),
  'exchange-online-graph': applicationFor('exchange-online-graph', 'https://graph.microsoft.com/.default'),
  'exchange-server-ews': letUserIn,
}
export type DemoType = keyof typeof types

export const demoTypes = Object.keys(types) as DemoType[]

/** What the settings are beside those of every type. */
type Fill = (simulator: Simulator) => Promise<{ mailbox: object; oauth?: object }>

/** With the application that the simulated company has registered. */
function applicationFor(type: string, scope: string): Fill {
  return async ({ tokenEndpoint }) => {
    const app = defaultCompany.apps?.[0]
    const clientSecret = app?.secrets?.[0]?.value
    if (!app || clientSecret === undefined) throw new Error('the simulator has no registered application')
    return { mailbox: { type }, oauth: { clientId: app.id, clientSecret, scope, tokenEndpoint } }
  }
}

/** Makes of the simulated company one that has an Exchange Server of its own, with a password for the mailbox. */
async function letUserIn({ http }: Simulator): Promise<Awaited<ReturnType<Fill>>> {
  const password = 'correct horse'
  for (const [path, settings] of [
    ['tenant', { exchangeServer: { domain: 'CONTOSO' } }],
    [`mailboxes/${mailboxAddress}`, { password }],
  ] as const) {
    const answer = await fetch(`${http}/_sim/${path}`, { method: 'POST', body: JSON.stringify(settings) })
    if (!answer.ok) throw new Error(`the simulator refused ${path}: ${await answer.text()}`)
  }
  const signInName = 'CONTOSO\\approvals'
  return { mailbox: { type: 'exchange-server-ews', signInName, password, trustInternalMark: true } }
}

/** Fills in the Remote Approval tab. */
export async function configureMailbox(api: Api, simulator: Simulator, type: DemoType): Promise<void> {
  const { mailbox, ...rest } = await types[type](simulator)
  const { notes } = await api<{ notes: string[] }>('PUT', '/api/mailboxes/approvals', {
    mailbox: {
      ...mailbox,
      host: new URL(simulator.https).host,
      security: 'ssl',
      extraCa: await readFile(simulator.caFile, 'utf8'),
      defaultReplyTo: mailboxAddress,
      user: mailboxAddress,
      displayName: 'Contoso Approvals',
    },
    ...rest,
    remoteApproval: {
      enabled: true,
      // Over EWS news is pushed.
      pollIntervalSeconds: type === 'exchange-online-graph' ? 5 : 60,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
  })
  console.log(texts.mailbox(mailboxAddress, type))
  for (const note of notes) console.log(texts.note(note))
}

/** People of the simulator's company and the sample processes. */
export async function importSamples(api: Api): Promise<void> {
  const people = await readFile('examples/people.yaml', 'utf8')
  const imported = await api<{ people: number }>('POST', '/api/people/import', { people })
  const names: string[] = []
  for (const sample of ['purchase', 'hire', 'investment']) {
    const definition = await readFile(`examples/processes/${sample}.yaml`, 'utf8')
    const { name } = await api<{ name: string }>('POST', '/api/processes/import', {
      definition,
      mailbox: 'approvals',
    })
    names.push(name)
  }
  console.log(texts.people(imported.people, names.join(', ')))
}

/** Files the request that the demo is about, in the requester's and the approver's French; returns its number. */
export function fileRequest(api: Api): Promise<number> {
  return file(api, 'purchase', {
    item: '12 ordinateurs portables',
    amount: '18460.00',
    supplier: 'Litware Computing',
    deliveryDate: '2027-01-15',
    purpose: 'La nouvelle équipe de Lyon commence le 18 janvier.',
  })
}

/** Files one whose mail asks several questions; returns its number. */
export function fileInvestment(api: Api): Promise<number> {
  return file(api, 'investment', { object: 'Fraiseuse à cinq axes', amount: '48000.00' })
}

/** Files a request of this process for Nadia Belkacem; returns its number. */
export async function file(api: Api, process: string, data: object): Promise<number> {
  const { id, title, requester } = await api<{ id: number; title: string; requester: { name: string } }>(
    'POST',
    '/api/requests',
    { process, requester: 'nadia.belkacem@contoso.example', data },
  )
  console.log(texts.filed(id, title, requester.name))
  return id
}
