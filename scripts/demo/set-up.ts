import { readFile } from 'node:fs/promises'
import type { Simulator } from '@countersign/simulator'
import { defaultCompany } from '@countersign/simulator'
import type { Api } from './api.ts'
import { texts } from './texts.ts'

const mailboxAddress = 'approvals@contoso.example'

/** How the mailbox is reached. EWS is filled in exactly as the WorkflowGen guide says, the glued scope included. */
const roads = {
  ews: {
    type: 'exchange-online-ews',
    scope: 'https://outlook.office365.com/.default&grant_type=client_credentials',
    // News is pushed.
    pollIntervalSeconds: 60,
  },
  graph: {
    type: 'exchange-online-graph',
    scope: 'https://graph.microsoft.com/.default',
    pollIntervalSeconds: 5,
  },
}
export type Road = keyof typeof roads

export function isRoad(name: string): name is Road {
  return Object.hasOwn(roads, name)
}

/** Fills in the Remote Approval tab. */
export async function configureMailbox(api: Api, simulator: Simulator, road: Road): Promise<void> {
  const { type, scope, pollIntervalSeconds } = roads[road]
  const app = defaultCompany.apps?.[0]
  const secret = app?.secrets?.[0]?.value
  if (!app || secret === undefined) throw new Error('the simulator has no registered application')
  const { notes } = await api<{ notes: string[] }>('PUT', '/api/mailboxes/approvals', {
    mailbox: {
      type,
      host: new URL(simulator.https).host,
      security: 'ssl',
      extraCa: await readFile(simulator.caFile, 'utf8'),
      defaultReplyTo: mailboxAddress,
      user: mailboxAddress,
      displayName: 'Contoso Approvals',
    },
    oauth: {
      clientId: app.id,
      clientSecret: secret,
      scope,
      tokenEndpoint: simulator.tokenEndpoint,
    },
    remoteApproval: {
      enabled: true,
      pollIntervalSeconds,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
  })
  console.log(texts.mailbox(mailboxAddress, road))
  for (const note of notes) console.log(texts.note(note))
}

/** People of the simulator's company and the two sample processes. */
export async function importSamples(api: Api): Promise<void> {
  const people = await readFile('examples/people.yaml', 'utf8')
  const imported = await api<{ people: number }>('POST', '/api/people/import', { people })
  const names: string[] = []
  for (const sample of ['purchase', 'hire']) {
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
export async function fileRequest(api: Api): Promise<number> {
  const { id, title, requester } = await api<{ id: number; title: string; requester: { name: string } }>(
    'POST',
    '/api/requests',
    {
      process: 'purchase',
      requester: 'nadia.belkacem@contoso.example',
      data: {
        item: '12 ordinateurs portables',
        amount: '18460.00',
        supplier: 'Litware Computing',
        deliveryDate: '2027-01-15',
        purpose: 'La nouvelle équipe de Lyon commence le 18 janvier.',
      },
    },
  )
  console.log(texts.filed(id, title, requester.name))
  return id
}
