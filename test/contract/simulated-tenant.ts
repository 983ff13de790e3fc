/** The simulator as a test sees it: only what its control API under `/_sim` says and does. */
import { setImmediate } from 'node:timers/promises'
import { startSimulator } from '@countersign/simulator'
import { z } from 'zod'
import { deliver } from '../../simulator/src/mail/deliver.ts'
import { copyTo } from '../../simulator/src/mail/mailbox.ts'
import { findMailbox } from '../../simulator/src/world.ts'

const Tenant = z.object({
  apps: z.array(z.object({ id: z.string(), secrets: z.array(z.object({ value: z.string() })) })).min(1),
})
const Calls = z.array(
  z.object({ operation: z.string(), count: z.number(), items: z.number(), bytes: z.number() }),
)
const Ids = z.object({
  id: z.string(),
  immutableId: z.string(),
  imap: z.object({ folder: z.string(), uidValidity: z.number(), uid: z.number() }),
})
const Listed = z.array(
  Ids.extend({
    subject: z.string(),
    isRead: z.boolean(),
    internetMessageId: z.string().nullable(),
  }),
)

/** By what a mailbox knows its messages. */
const idBy = {
  id: ({ id }) => id,
  immutableId: ({ immutableId }) => immutableId,
  /** Folder, UIDVALIDITY and UID. */
  place: ({ imap }) => `${imap.folder}:${imap.uidValidity}:${imap.uid}`,
} satisfies Record<string, (ids: z.infer<typeof Ids>) => string>
export type IdKind = keyof typeof idBy

type Delivery = 'internal' | 'external-pass' | 'external-fail' | 'spoof' | 'junk'

/** What the next calls of an operation get instead of their answer. */
export type Fault =
  | 'cut'
  /** Does the work, then cuts the connection. */
  | 'cutAfter'
  | { waitMs: number }
  | { status: number; headers?: Record<string, string>; body?: string }
  | { code: string; as?: 'fault' | 'response'; backOffMilliseconds?: number }
  /** A batch that fails in part: from one item on, with or without a word on each of the others. */
  | { code: string; as: 'response'; stopAt: number; endsList?: true }
  /** The usual answer, in chunks of so many octets. */
  | { chunkBytes: number }
  /** The answer up to so many octets, then the end of the connection. */
  | { cutAfterBytes: number }
  /** What IMAP or SMTP says in place of its answer. */
  | { reply: string }

/** Where the mailboxes are reached, each `localhost:<port>`, under TLS from the first octet. */
export interface Servers {
  /** Of HTTP. */
  host: string
  imap: string
  smtp: string
}

export interface SimulatedTenant extends Servers {
  /** The authority behind its certificates. */
  caPem: string
  tokenEndpoint: string
  clientId: string
  clientSecret: string
  /** Returns the message's id. */
  deliver(address: string, raw: string, as?: Delivery): Promise<string>
  /** Delivers these messages and copies them in turn, until there are so many in the Inbox. */
  fill(address: string, raws: string[], count: number): Promise<void>
  messages(address: string, folder: string): Promise<z.infer<typeof Listed>>
  /** Takes all of a folder's messages out of the mailbox for good. */
  empty(address: string, folder: string): Promise<void>
  /** Queued: the n-th fault of an operation answers its n-th next call. */
  fault(operation: string, ...answers: Fault[]): Promise<void>
  /** How many of them no call has met yet. */
  faultsLeft(): Promise<number>
  /** Counts since the last reset; of one operation, or of all together. */
  calls(operation?: string): Promise<{ count: number; items: number; bytes: number }>
  change(settings: Record<string, unknown>): Promise<void>
  /** Gives a mailbox a licence with or without EWS. */
  licence(address: string, ewsEnabled: boolean): Promise<void>
  /** Lets the mailbox's owner in by this password. */
  setPassword(address: string, password: string): Promise<void>
  /** Has the mailbox forget what cursors go by: states and links of EWS and Graph, and the UIDs of IMAP's Inbox. */
  loseCursors(address: string): Promise<void>
  /** What happens to the Graph subscriptions of a mailbox; returns how many there were. */
  lifecycle(
    address: string,
    event: 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed',
  ): Promise<number>
  advanceClock(milliseconds: number): Promise<void>
  reset(): Promise<void>
  close(): Promise<void>
}

/** Messages go by their ids in EWS, by the ones that Graph keeps through every move, or by their places in IMAP. */
export async function startSimulatedTenant(ids: IdKind = 'id'): Promise<SimulatedTenant> {
  const idOf = idBy[ids]
  const simulator = await startSimulator({})
  const control = new URL('/_sim/', simulator.http)

  async function ask(path: string, body?: string, type = 'application/json'): Promise<unknown> {
    const post = body === undefined ? {} : { method: 'POST', body, headers: { 'content-type': type } }
    const answer = await fetch(new URL(path, control), post)
    if (!answer.ok) throw new Error(`The simulator refused ${path}: ${await answer.text()}`)
    return answer.json()
  }

  async function remove(path: string): Promise<void> {
    const answer = await fetch(new URL(path, control), { method: 'DELETE' })
    if (!answer.ok) throw new Error(`The simulator refused ${path}: ${await answer.text()}`)
  }

  const app = Tenant.parse(await ask('tenant')).apps[0]
  return {
    host: new URL(simulator.https).host,
    imap: new URL(simulator.imapsUrl).host,
    smtp: new URL(simulator.smtpsUrl).host,
    caPem: simulator.caPem,
    tokenEndpoint: simulator.tokenEndpoint,
    clientId: app?.id ?? '',
    clientSecret: app?.secrets[0]?.value ?? '',
    async deliver(address, raw, as = 'internal') {
      return idOf(Ids.parse(await ask(`mailboxes/${address}/messages?as=${as}`, raw, 'message/rfc822')))
    },
    async fill(address, raws, count) {
      const mailbox = findMailbox(simulator.world(), address)
      if (!mailbox) throw new Error(`no mailbox ${address}`)
      const arrival = { origin: 'internal' as const, sender: '' }
      const items = raws.map((raw) => deliver(simulator.world(), mailbox, Buffer.from(raw), arrival))
      for (let number = raws.length; number < count; number += 1) {
        // Connections that end meanwhile are noticed.
        if (number % 500 === 0) await setImmediate()
        const item = items[number % items.length]
        if (item) copyTo(mailbox, item, item.folder)
      }
    },
    async messages(address, folder) {
      const path = `mailboxes/${address}/folders/${encodeURIComponent(folder)}/messages`
      return Listed.parse(await ask(path)).map((message) => ({ ...message, id: idOf(message) }))
    },
    async empty(address, folder) {
      const path = `mailboxes/${address}/folders/${encodeURIComponent(folder)}/messages`
      for (const { id } of Listed.parse(await ask(path))) await remove(`${path}/${encodeURIComponent(id)}`)
    },
    async fault(operation, ...answers) {
      for (const answer of answers) await ask('faults', JSON.stringify({ operation, times: 1, answer }))
    },
    async faultsLeft() {
      return z.array(z.unknown()).parse(await ask('faults')).length
    },
    async calls(operation) {
      const counted = Calls.parse(await ask('calls')).filter(
        (call) => operation === undefined || call.operation === operation,
      )
      const sum = (of: 'count' | 'items' | 'bytes') => counted.reduce((total, call) => total + call[of], 0)
      return { count: sum('count'), items: sum('items'), bytes: sum('bytes') }
    },
    async change(settings) {
      await ask('tenant', JSON.stringify(settings))
    },
    async licence(address, ewsEnabled) {
      await ask(`mailboxes/${address}`, JSON.stringify({ ewsEnabled }))
    },
    async setPassword(address, password) {
      await ask(`mailboxes/${address}`, JSON.stringify({ password }))
    },
    async loseCursors(address) {
      await remove(`mailboxes/${address}/sync-states`)
      await remove(`mailboxes/${address}/folders/inbox/uids`)
    },
    async lifecycle(address, event) {
      const answer = await ask(`mailboxes/${address}/lifecycle`, JSON.stringify({ event }))
      return z.object({ told: z.number() }).parse(answer).told
    },
    async advanceClock(milliseconds) {
      await ask('clock', JSON.stringify({ advanceMs: milliseconds }))
    },
    async reset() {
      await ask('reset', '{}')
    },
    close: () => simulator.close(),
  }
}
