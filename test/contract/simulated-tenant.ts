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
const Delivered = z.object({ id: z.string(), immutableId: z.string() })
const Listed = z.array(
  z.object({
    id: z.string(),
    immutableId: z.string(),
    subject: z.string(),
    isRead: z.boolean(),
    internetMessageId: z.string().nullable(),
  }),
)

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

export interface SimulatedTenant {
  /** `localhost:<port>`, TLS with an authority of its own. */
  host: string
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
  /** Counts since the last reset; of one operation, or of all together. */
  calls(operation?: string): Promise<{ count: number; items: number; bytes: number }>
  change(settings: Record<string, unknown>): Promise<void>
  /** Gives a mailbox a licence with or without EWS. */
  licence(address: string, ewsEnabled: boolean): Promise<void>
  /** Lets the mailbox's owner in by this password. */
  setPassword(address: string, password: string): Promise<void>
  /** What happens to the Graph subscriptions of a mailbox; returns how many there were. */
  lifecycle(
    address: string,
    event: 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed',
  ): Promise<number>
  advanceClock(milliseconds: number): Promise<void>
  reset(): Promise<void>
  close(): Promise<void>
}

/** Messages go by their ids in EWS, or by the ones that Graph keeps through every move. */
export async function startSimulatedTenant(ids: 'id' | 'immutableId' = 'id'): Promise<SimulatedTenant> {
  const simulator = await startSimulator({})
  const control = new URL('/_sim/', simulator.http)

  async function ask(path: string, body?: string, type = 'application/json'): Promise<unknown> {
    const post = body === undefined ? {} : { method: 'POST', body, headers: { 'content-type': type } }
    const answer = await fetch(new URL(path, control), post)
    if (!answer.ok) throw new Error(`The simulator refused ${path}: ${await answer.text()}`)
    return answer.json()
  }

  const app = Tenant.parse(await ask('tenant')).apps[0]
  return {
    host: new URL(simulator.https).host,
    caPem: simulator.caPem,
    tokenEndpoint: simulator.tokenEndpoint,
    clientId: app?.id ?? '',
    clientSecret: app?.secrets[0]?.value ?? '',
    async deliver(address, raw, as = 'internal') {
      return Delivered.parse(await ask(`mailboxes/${address}/messages?as=${as}`, raw, 'message/rfc822'))[ids]
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
      return Listed.parse(await ask(path)).map((message) => ({ ...message, id: message[ids] }))
    },
    async empty(address, folder) {
      const path = `mailboxes/${address}/folders/${encodeURIComponent(folder)}/messages`
      for (const { id } of Listed.parse(await ask(path))) {
        await fetch(new URL(`${path}/${encodeURIComponent(id)}`, control), { method: 'DELETE' })
      }
    },
    async fault(operation, ...answers) {
      for (const answer of answers) await ask('faults', JSON.stringify({ operation, times: 1, answer }))
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
