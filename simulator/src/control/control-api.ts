import type { IncomingMessage, ServerResponse } from 'node:http'
import { issueUserToken } from '../entra/access-token.ts'
import { operationNames } from '../ews/operations.ts'
import { cutStreams, loseSubscriptions } from '../ews/subscription.ts'
import { graphOperationNames } from '../graph/routes.ts'
import { tellLifecycle } from '../graph/subscriptions/tell-lifecycle.ts'
import { readBody } from '../http/read-body.ts'
import { send, sendJson } from '../http/send.ts'
import { imapOperationNames } from '../imap/commands.ts'
import { InvalidInput } from '../invalid-input.ts'
import { deliver } from '../mail/deliver.ts'
import type { Folder, Item } from '../mail/folder.ts'
import { addressesIn, readHeaderBlock } from '../mail/header-block.ts'
import { MailRefused } from '../mail/mail-refused.ts'
import { findFolder, type Mailbox, removeItem, renumberFolder, visibleFolders } from '../mail/mailbox.ts'
import { type Origin, origins } from '../mail/stamp-headers.ts'
import { submitRaw } from '../mail/submit.ts'
import { readFault } from '../read-fault.ts'
import {
  readAutomaticReply,
  readLifecycle,
  readMailboxSettings,
  readNewMailbox,
  readNewTenant,
  readOffset,
  readTenantSettings,
} from '../read-settings.ts'
import { smtpOperationNames } from '../smtp/commands.ts'
import { setTenant } from '../tenant.ts'
import {
  AddressTaken,
  addMailbox,
  addTenant,
  firstTenant,
  listMailboxes,
  setMailbox,
  type World,
} from '../world.ts'
import { describeClock, describeFolder, describeItem, describeMailbox, idsOf } from './describe.ts'

const faultNames = [
  'Token',
  ...operationNames,
  ...graphOperationNames,
  ...imapOperationNames,
  ...smtpOperationNames,
]

const BODY_LIMIT = 160 * 1024 * 1024

interface Call {
  world: World
  /** The parts of the path that the route leaves open. */
  names: string[]
  query: URLSearchParams
  body: Buffer
  reset(): void
}

type Route = [
  method: string,
  path: RegExp,
  answer: (call: Call) => { status: number; value: unknown } | Buffer,
]

const ok = <Value>(value: Value, status = 200) => ({ status, value })

const routes: Route[] = [
  ['GET', /^\/mailboxes$/, ({ world }) => ok(listMailboxes(world).map(describeMailbox))],
  [
    'POST',
    /^\/mailboxes$/,
    ({ world, body }) => ok(describeMailbox(addMailbox(world, readNewMailbox(readJson(body)))), 201),
  ],
  [
    'POST',
    /^\/mailboxes\/([^/]+)$/,
    (call) => {
      setMailbox(mailboxNamed(call), readMailboxSettings(readJson(call.body)))
      return ok(describeMailbox(mailboxNamed(call)))
    },
  ],
  ['POST', /^\/mailboxes\/([^/]+)\/token$/, (call) => ok(signIn(call), 201)],
  [
    'DELETE',
    /^\/mailboxes\/([^/]+)\/subscriptions$/,
    (call) => ok(loseSubscriptions(call.world, mailboxNamed(call)) ?? {}),
  ],
  [
    'POST',
    /^\/mailboxes\/([^/]+)\/lifecycle$/,
    (call) => ok({ told: tellLifecycle(call.world, mailboxNamed(call), readLifecycle(readJson(call.body))) }),
  ],
  [
    'DELETE',
    /^\/mailboxes\/([^/]+)\/streams$/,
    (call) => ok(cutStreams(call.world, mailboxNamed(call)) ?? {}),
  ],
  [
    'DELETE',
    /^\/mailboxes\/([^/]+)\/sessions$/,
    (call) => {
      cutSessions(call.world, mailboxNamed(call))
      return ok({})
    },
  ],
  [
    'DELETE',
    /^\/mailboxes\/([^/]+)\/folders\/([^/]+)\/uids$/,
    (call) => {
      cutSessions(call.world, mailboxNamed(call))
      renumberFolder(folderNamed(call))
      return ok({ uidValidity: folderNamed(call).uidValidity })
    },
  ],
  [
    'DELETE',
    /^\/mailboxes\/([^/]+)\/sync-states$/,
    (call) => {
      mailboxNamed(call).syncAge += 1
      return ok({})
    },
  ],
  ['POST', /^\/mailboxes\/([^/]+)\/messages$/, (call) => ok(idsOf(deliverRaw(call)), 201)],
  [
    'POST',
    /^\/mailboxes\/([^/]+)\/submit$/,
    (call) => {
      submitRaw(call.world, mailboxNamed(call), call.body)
      return ok({}, 202)
    },
  ],
  ['POST', /^\/mailboxes\/([^/]+)\/automatic-reply$/, setAutomaticReply],
  [
    'GET',
    /^\/mailboxes\/([^/]+)\/folders$/,
    (call) => ok(visibleFolders(mailboxNamed(call)).map(describeFolder)),
  ],
  [
    'GET',
    /^\/mailboxes\/([^/]+)\/folders\/([^/]+)\/messages$/,
    (call) => ok([...folderNamed(call).items.values()].map(describeItem)),
  ],
  ['GET', /^\/mailboxes\/([^/]+)\/folders\/([^/]+)\/messages\/([^/]+)$/, (call) => itemNamed(call).raw],
  [
    'DELETE',
    /^\/mailboxes\/([^/]+)\/folders\/([^/]+)\/messages\/([^/]+)$/,
    (call) => {
      removeItem(mailboxNamed(call), itemNamed(call))
      return ok({})
    },
  ],
  [
    'POST',
    /^\/faults$/,
    ({ world, body }) => {
      world.faults.add(readFault(readJson(body), faultNames))
      return ok(world.faults.list(), 201)
    },
  ],
  ['GET', /^\/faults$/, ({ world }) => ok(world.faults.list())],
  ['DELETE', /^\/faults$/, ({ world }) => ok(world.faults.clear() ?? [])],
  ['GET', /^\/calls$/, ({ world }) => ok(world.calls.list())],
  ['DELETE', /^\/calls$/, ({ world }) => ok(world.calls.clear() ?? [])],
  ['GET', /^\/in-flight$/, ({ world }) => ok(Object.fromEntries(world.mostInFlight))],
  ['DELETE', /^\/in-flight$/, ({ world }) => ok(world.mostInFlight.clear() ?? {})],
  ['GET', /^\/tenant$/, (call) => ok(tenantNamed(call))],
  [
    'POST',
    /^\/tenant$/,
    (call) => {
      setTenant(tenantNamed(call), readTenantSettings(readJson(call.body)))
      return ok(tenantNamed(call))
    },
  ],
  [
    'POST',
    /^\/tenants$/,
    ({ world, body }) => {
      const { id, settings } = readNewTenant(readJson(body))
      return ok(addTenant(world, id, settings), 201)
    },
  ],
  ['GET', /^\/clock$/, ({ world }) => ok(describeClock(world))],
  [
    'POST',
    /^\/clock$/,
    ({ world, body }) => {
      world.clock.setOffset(readOffset(readJson(body), world.clock.offset()))
      return ok(describeClock(world))
    },
  ],
  [
    'POST',
    /^\/reset$/,
    ({ reset }) => {
      reset()
      return ok({})
    },
  ],
]

/** The doors of tests and of the demo under `/_sim`; `README.md` lists them. Answers `false` for any other path. */
export async function controlApi(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  reset: () => void,
): Promise<boolean> {
  if (!url.pathname.startsWith('/_sim/')) return false
  const path = url.pathname.slice('/_sim'.length)
  const body = await readBody(request, BODY_LIMIT)
  try {
    const matching = routes.filter(([, pattern]) => pattern.test(path))
    const [, pattern, answer] = matching.find(([method]) => method === request.method) ?? []
    if (!pattern || !answer) throw new InvalidInput(`no ${request.method} ${url.pathname} here`, 404)
    const names = (pattern.exec(path) ?? []).slice(1).map(decodeURIComponent)
    const result = answer({ world, names, query: url.searchParams, body, reset })
    if (Buffer.isBuffer(result)) send(response, 200, { 'content-type': 'message/rfc822' }, result)
    else sendJson(response, result.status, result.value)
  } catch (error) {
    const refusal = describeRefusal(error)
    if (!refusal) throw error
    sendJson(response, refusal.status, refusal.value)
  }
  return true
}

function describeRefusal(error: unknown): { status: number; value: object } | null {
  if (error instanceof MailRefused) return ok({ error: error.message, code: error.code }, 422)
  if (error instanceof AddressTaken) return ok({ error: error.message }, 409)
  if (error instanceof InvalidInput) return ok({ error: error.message }, error.status)
  return null
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new InvalidInput('the body is no JSON')
  }
}

function mailboxNamed({ world, names: [address = ''] }: Call): Mailbox {
  const mailbox = world.mailboxes.get(address.toLowerCase())
  if (!mailbox) throw new InvalidInput(`no mailbox ${address}`, 404)
  return mailbox
}

function folderNamed(call: Call): Folder {
  const name = call.names[1] ?? ''
  const folder = findFolder(mailboxNamed(call), name)
  if (!folder) throw new InvalidInput(`no folder ${name}`, 404)
  return folder
}

function itemNamed(call: Call): Item {
  const item = folderNamed(call).items.get(call.names[2] ?? '')
  if (!item) throw new InvalidInput('no such message in this folder', 404)
  return item
}

function tenantNamed({ world, query }: Call) {
  const id = query.get('tenant')
  const tenant = id === null ? firstTenant(world) : world.tenants.get(id)
  if (!tenant) throw new InvalidInput(`no tenant ${id}`, 404)
  return tenant
}

function deliverRaw(call: Call): Item {
  const origin = call.query.get('as') ?? 'external-pass'
  if (!origins.includes(origin as Origin)) throw new InvalidInput(`"as" is one of ${origins.join(', ')}`)
  if (call.body.length === 0) throw new InvalidInput('the body is the raw message')
  const sender = addressesIn(readHeaderBlock(call.body).fields, 'From')[0]?.address ?? ''
  return deliver(call.world, mailboxNamed(call), call.body, { origin: origin as Origin, sender })
}

/** Ends the connections of IMAP and SMTP that are in a mailbox. */
function cutSessions({ sessions }: World, mailbox: Mailbox): void {
  for (const session of sessions) if (session.mailbox === mailbox) session.cut()
}

/** The delegated token that a user's sign-in would give the tenant's first app. */
function signIn(call: Call) {
  const { address, tenant } = mailboxNamed(call)
  const [app] = tenant?.apps ?? []
  if (!tenant || !app) throw new InvalidInput(`${address} has no tenant with an app`)
  const { tokenKey, clock } = call.world
  return {
    access_token: issueUserToken(tokenKey, tenant, app, address, clock.now()),
    expires_in: tenant.tokenLifetimeSeconds,
  }
}

function setAutomaticReply(call: Call) {
  const reply = readAutomaticReply(readJson(call.body))
  mailboxNamed(call).automaticReply = reply && { ...reply, answered: new Set() }
  return ok({})
}
