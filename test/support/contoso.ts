/** The simulated company as its people see it: their mail, and what goes wrong on the way. */
import { defaultCompany, startSimulator } from '@countersign/simulator'
import { z } from 'zod'

export interface Person {
  name: string
  address: string
}

export const nadia: Person = { name: 'Nadia Belkacem', address: 'nadia.belkacem@contoso.example' }
export const elodie: Person = { name: 'Élodie Gagnon', address: 'elodie.gagnon@contoso.example' }
export const thomas: Person = { name: 'Thomas Berger', address: 'thomas.berger@contoso.example' }
export const anna: Person = { name: 'Anna Novák', address: 'anna.novak@fabrikam.example' }
/** In the directory, but without a mailbox. */
export const administrator: Person = { name: 'Contoso Administrator', address: 'admin@contoso.example' }
/** The mailbox that asks and reads answers. */
export const approvals = 'approvals@contoso.example'

const listing = z.array(
  z.object({
    id: z.string(),
    subject: z.string(),
    isRead: z.boolean(),
    itemClass: z.string(),
    internetMessageId: z.string().nullable(),
  }),
)
const calls = z.array(z.object({ operation: z.string(), count: z.number(), bytes: z.number() }))

/** How the mailbox that asks is reached, and what a token for it is asked for. */
const scopes = {
  'exchange-online-ews': 'https://outlook.office365.com/.default&grant_type=client_credentials',
  'exchange-online-graph': 'https://graph.microsoft.com/.default',
  'imap-smtp': 'https://outlook.office365.com/.default',
}
export type ExchangeOnlineType = keyof typeof scopes

export interface Contoso {
  /** Where the webmail is, and a proxy behind which Microsoft's names are the company's. */
  http: string
  /** The Remote Approval tab filled in as the WorkflowGen guide says, with these answers to its last questions. */
  mailboxForm(remoteApproval?: object, type?: ExchangeOnlineType): object
  mails(address: string, folder?: string): Promise<z.infer<typeof listing>>
  raw(address: string, id: string, folder?: string): Promise<Uint8Array>
  /** Sends as the owner's mail client does. */
  submit(address: string, raw: Uint8Array): Promise<void>
  /** Puts a message into a mailbox as mail of this origin. */
  deliver(
    address: string,
    raw: Uint8Array | string,
    as: 'internal' | 'external-pass' | 'external-fail' | 'spoof' | 'junk',
  ): Promise<void>
  /** Switches somebody's out-of-office answer on. */
  setAway(address: string, text: string): Promise<void>
  /** Lays a fault for the next call of an operation, as `simulator/README.md` names them. */
  fault(operation: string, answer: unknown): Promise<void>
  /** Faults that no call has met yet. */
  faultsLeft(): Promise<number>
  calls(operation: string): Promise<{ count: number; bytes: number }>
  /** Makes every state of SyncFolderItems that was given out invalid. */
  forgetSyncStates(address: string): Promise<void>
  /** Moves a message into Junk, as its owner does in a mail client. */
  moveToJunk(address: string, id: string): Promise<void>
  /** Changes settings of the tenant, as `simulator/README.md` names them. */
  changeTenant(settings: object): Promise<void>
  /** Lets the owner of a mailbox in by this password. */
  setPassword(address: string, password: string): Promise<void>
  /** What happens to the Graph subscriptions of a mailbox. */
  lifecycle(
    address: string,
    event: 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed',
  ): Promise<void>
  /** Sets the company's clocks, against ours. */
  setClock(offsetMs: number): Promise<void>
  close(): Promise<void>
}

export async function startContoso(): Promise<Contoso> {
  const simulator = await startSimulator()
  const app = defaultCompany.apps?.[0]
  const own = { host: new URL(simulator.https).host, security: 'ssl' }
  /** IMAP is believed by its host, so that one keeps Microsoft's. */
  const hosts: Record<ExchangeOnlineType, object> = {
    'exchange-online-ews': own,
    'exchange-online-graph': own,
    'imap-smtp': { cloud: 'worldwide' },
  }

  async function control(path: string, body?: Uint8Array | string, type = 'application/json') {
    const answer = await fetch(`${simulator.http}/_sim/${path}`, {
      ...(body === undefined
        ? {}
        : { method: 'POST', body: Buffer.from(body), headers: { 'content-type': type } }),
    })
    if (!answer.ok) throw new Error(`the simulator refused ${path}: ${await answer.text()}`)
    return answer
  }
  const setTo = (path: string, value: unknown) => control(path, JSON.stringify(value))
  const folderOf = (address: string, folder: string) =>
    `mailboxes/${address}/folders/${encodeURIComponent(folder)}/messages`

  // A busy minute of a test would otherwise wait in the Outbox.
  await setTo('tenant', { messageRateLimit: null })
  return {
    http: simulator.http,
    mailboxForm: (remoteApproval = {}, type = 'exchange-online-ews') => ({
      mailbox: {
        type,
        ...hosts[type],
        extraCa: simulator.caPem,
        defaultReplyTo: approvals,
        user: approvals,
        displayName: 'Contoso Approvals',
      },
      oauth: {
        clientId: app?.id,
        clientSecret: app?.secrets?.[0]?.value,
        scope: scopes[type],
        tokenEndpoint: simulator.tokenEndpoint,
      },
      // A busy minute of a test would otherwise wait for the budget.
      remoteApproval: { enabled: true, messagesPerMinute: 10_000, ...remoteApproval },
    }),
    async mails(address, folder = 'Inbox') {
      return listing.parse(await (await control(folderOf(address, folder))).json())
    },
    async raw(address, id, folder = 'Inbox') {
      const answer = await control(`${folderOf(address, folder)}/${encodeURIComponent(id)}`)
      return new Uint8Array(await answer.arrayBuffer())
    },
    async submit(address, raw) {
      await control(`mailboxes/${address}/submit`, raw, 'message/rfc822')
    },
    async deliver(address, raw, as) {
      await control(`mailboxes/${address}/messages?as=${as}`, raw, 'message/rfc822')
    },
    async setAway(address, text) {
      await setTo(`mailboxes/${address}/automatic-reply`, { text })
    },
    async fault(operation, answer) {
      await setTo('faults', { operation, times: 1, answer })
    },
    async faultsLeft() {
      return z.array(z.unknown()).parse(await (await control('faults')).json()).length
    },
    async calls(operation) {
      const counted = calls.parse(await (await control('calls')).json())
      return counted.find((call) => call.operation === operation) ?? { count: 0, bytes: 0 }
    },
    async forgetSyncStates(address) {
      const answer = await fetch(`${simulator.http}/_sim/mailboxes/${address}/sync-states`, {
        method: 'DELETE',
      })
      if (!answer.ok) throw new Error(`the simulator forgets nothing: ${await answer.text()}`)
    },
    async moveToJunk(address, id) {
      const granted = await control(`mailboxes/${address}/token`, '')
      const { access_token: token } = z.object({ access_token: z.string() }).parse(await granted.json())
      const answer = await fetch(`${simulator.http}/EWS/Exchange.asmx`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'text/xml; charset=utf-8' },
        body: moveToJunkRequest(id),
      })
      if (!(await answer.text()).includes('NoError')) throw new Error('the message was not moved')
    },
    async changeTenant(settings) {
      await setTo('tenant', settings)
    },
    async setPassword(address, password) {
      await setTo(`mailboxes/${address}`, { password })
    },
    async lifecycle(address, event) {
      await setTo(`mailboxes/${address}/lifecycle`, { event })
    },
    async setClock(offsetMs) {
      await setTo('clock', { offsetMs })
    },
    close: () => simulator.close(),
  }
}

function moveToJunkRequest(id: string): string {
  const schemas = 'http://schemas.microsoft.com/exchange/services/2006'
  return (
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="${schemas}/messages" xmlns:t="${schemas}/types">` +
    '<s:Header><t:RequestServerVersion Version="Exchange2016"/></s:Header><s:Body><m:MoveItem>' +
    '<m:ToFolderId><t:DistinguishedFolderId Id="junkemail"/></m:ToFolderId>' +
    `<m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:MoveItem></s:Body></s:Envelope>`
  )
}
