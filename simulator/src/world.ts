import { type Calls, createCalls } from './calls.ts'
import { type Clock, createClock } from './clock.ts'
import type { Company, MailboxSettings, NewMailbox } from './company.ts'
import type { Budget } from './ews/budget.ts'
import type { Subscription } from './ews/subscription.ts'
import { createFaults, type Faults } from './faults.ts'
import { createGraphState, endGraphState, type GraphState } from './graph/state.ts'
import type { Session } from './line-protocol/session.ts'
import { domainOf } from './mail/domain-of.ts'
import { createMailbox, type Mailbox, type MailboxEvent } from './mail/mailbox.ts'
import { createTenant, type Tenant, type TenantSettings } from './tenant.ts'

/** Everything the simulator knows; `POST /_sim/reset` replaces it by a new one. */
export interface World {
  clock: Clock
  calls: Calls
  faults: Faults
  /** By directory id. */
  tenants: Map<string, Tenant>
  /** By primary address and by every alias, lower-case. */
  mailboxes: Map<string, Mailbox>
  /** Streaming subscriptions, by id. */
  subscriptions: Map<string, Subscription>
  /** Open streaming connections, by mailbox address. */
  hangingConnections: Map<string, number>
  /** What is left of each mailbox's EWS budget, by address. */
  budgets: Map<string, Budget>
  /** Calls of EWS in flight, by the mailbox they name. */
  inFlight: Map<string, number>
  /** The most that `inFlight` has been for each since it was cleared. */
  mostInFlight: Map<string, number>
  graph: GraphState
  /** Open connections of IMAP and SMTP. */
  sessions: Set<Session>
  /** Signs and checks access tokens; the same after a reset, so that tokens stay good. */
  tokenKey: Buffer
  /** Told of every change in every mailbox. */
  onMailboxEvent: (event: MailboxEvent) => void
}

/** The world at the start: the company's tenant and empty mailboxes. */
export function createWorld(
  company: Company,
  tokenKey: Buffer,
  onMailboxEvent: (event: MailboxEvent) => void,
): World {
  const { mailboxes, id, ...settings } = company
  const world: World = {
    clock: createClock(),
    calls: createCalls(),
    faults: createFaults(),
    tenants: new Map([[id, createTenant(id, structuredClone(settings))]]),
    mailboxes: new Map(),
    subscriptions: new Map(),
    hangingConnections: new Map(),
    budgets: new Map(),
    inFlight: new Map(),
    mostInFlight: new Map(),
    graph: createGraphState(),
    sessions: new Set(),
    tokenKey,
    onMailboxEvent,
  }
  for (const mailbox of mailboxes) addMailbox(world, mailbox)
  return world
}

/**
 * Adds an organisation; mailboxes opened in its domains from now on belong to it.
 * @throws AddressTaken when the directory id or a domain is another one's.
 */
export function addTenant(world: World, id: string, settings: TenantSettings): Tenant {
  const tenant = createTenant(id, settings)
  const taken =
    world.tenants.has(id) || tenant.domains.some((domain) => tenantOfDomain(world, domain) !== null)
  if (taken) throw new AddressTaken('the directory id or a domain belongs to a tenant already')
  world.tenants.set(id, tenant)
  return tenant
}

/** Ends what a world has running: what waits for its clock, and the streaming connections. */
export function endWorld(world: World): void {
  for (const { disconnect } of world.subscriptions.values()) disconnect?.('closed')
  endGraphState(world.graph)
  for (const session of world.sessions) session.cut()
  world.clock.stop()
}

/** An address names one mailbox only, a domain one tenant. */
export class AddressTaken extends Error {}

/**
 * Opens a mailbox. It belongs to the tenant that owns the address's domain; without one it stands outside
 * Microsoft 365, and its mail comes in as mail from the internet does.
 * @throws AddressTaken
 */
export function addMailbox(world: World, entry: NewMailbox): Mailbox {
  const address = entry.address.toLowerCase()
  const aliases = (entry.aliases ?? []).map((alias) => alias.toLowerCase())
  for (const taken of [address, ...aliases]) {
    if (world.mailboxes.has(taken)) throw new AddressTaken(`${taken} has a mailbox already`)
  }
  const mailbox = createMailbox({
    address,
    aliases,
    displayName: entry.displayName ?? address,
    locale: entry.locale ?? 'en',
    tenant: tenantOfDomain(world, domainOf(address)),
    now: world.clock.now,
    onEvent: world.onMailboxEvent,
  })
  setMailbox(mailbox, entry)
  for (const name of [address, ...aliases]) world.mailboxes.set(name, mailbox)
  return mailbox
}

export function setMailbox(mailbox: Mailbox, settings: MailboxSettings): void {
  const { password, ewsEnabled, graphEnabled, isFull, imapEnabled, smtpAuthDisabled } = settings
  const given = { password, ewsEnabled, graphEnabled, isFull, imapEnabled, smtpAuthDisabled }
  Object.assign(mailbox, Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)))
}

/** The mailbox an address delivers to: its own, an alias's, or that of `local+tag@domain`. */
export function findMailbox(world: World, address: string): Mailbox | undefined {
  const wanted = address.toLowerCase()
  return world.mailboxes.get(wanted) ?? world.mailboxes.get(wanted.replace(/\+[^@]*(?=@)/, ''))
}

/** The mailbox of the account `DOMAIN\user` at an Exchange Server; accounts are named like the address before its `@`. */
export function findByAccount(world: World, name: string): Mailbox | undefined {
  const [domain = '', account = '', ...more] = name.toLowerCase().split('\\')
  if (account === '' || more.length > 0) return undefined
  return listMailboxes(world).find(
    ({ address, tenant }) =>
      tenant?.exchangeServer?.domain.toLowerCase() === domain &&
      address === `${account}@${domainOf(address)}`,
  )
}

/** The mailboxes, each once. */
export function listMailboxes(world: World): Mailbox[] {
  return [...new Set(world.mailboxes.values())]
}

export function tenantOfDomain(world: World, domain: string): Tenant | null {
  return [...world.tenants.values()].find((tenant) => tenant.domains.includes(domain)) ?? null
}

/** The tenant the company file describes; the control API speaks of it unless told otherwise. */
export function firstTenant(world: World): Tenant {
  const [tenant] = world.tenants.values()
  if (!tenant) throw new Error('the world has no tenant')
  return tenant
}
