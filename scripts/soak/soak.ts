/**
 * `npm run soak -- --messages N --minutes N [--type TYPE] [--seed N] [--database URL]`: the real server and the simulator,
 * with random faults on every operation and kill -9 in between, for so many messages or so long. The figures are one JSON object on
 * standard output; exits 1 when anything was lost, repeated or wrong. docs/durability.md says what it shows.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { totalOf } from '../../bench/scene/mailbox-folders.ts'
import {
  asking,
  isAllSent,
  type MailboxType,
  requester,
  setUpCompany,
} from '../../bench/scene/organisation.ts'
import { startSimulatorProcess } from '../../bench/scene/simulator-process.ts'
import { until } from '../../bench/scene/until.ts'
import { answerMails } from './answer-mails.ts'
import { countDamage } from './count-damage.ts'
import { startKillable } from './killable-server.ts'
import { disturbable, layFault, mostFaults } from './lay-fault.ts'
import { randomFrom } from './random.ts'

/** Requests that wait for their answer at a time. */
const MOST_OPEN = 300
/** The mail that asks, the reply, and what follows from it; a refusal ends there. */
const MESSAGES_A_REQUEST = 3
const KILL_EVERY_MS = { least: 15_000, most: 45_000 }
const FAULT_EVERY_MS = 4_000
const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '10000' },
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    database: { type: 'string' },
    type: { type: 'string', default: 'exchange-online-ews' },
  },
})
const [messages, minutes, seed] = [values.messages, values.minutes, values.seed].map(Number)
const type = disturbable.find((known) => known === values.type)
if (!messages || !minutes || seed === undefined || !Number.isInteger(seed) || type === undefined) {
  console.error('npm run soak -- --messages N --minutes N [--type TYPE] [--seed N] [--database postgres://…]')
  console.error(`TYPE is one of ${disturbable.join(', ')}`)
  process.exit(2)
}

const random = randomFrom(seed)
const dataDirectory = await mkdtemp(join(tmpdir(), 'countersign-soak-'))
const place = values.database ? { databaseUrl: values.database } : { dataDirectory }
const simulator = await startSimulatorProcess()
await simulator.control('POST', '/tenant', { messageRateLimit: null, recipientRateLimit: null })
const server = await startKillable(place, simulator.http)
const start = performance.now()
const wanted = Math.ceil(messages / MESSAGES_A_REQUEST)
const end = start + minutes * 60_000
const expected = new Map<number, string | null>()
const faults: Record<string, number> = {}
let kills = 0
let requests = 0
try {
  await setUpCompany(server.api, simulator, type)
  const disturbing = new AbortController()
  const disturbances = [killing(disturbing.signal), disturb(type, disturbing.signal)]
  while (performance.now() < end && expected.size < wanted) {
    while (requests < wanted && requests - expected.size < MOST_OPEN) {
      await file(requests + 1)
      requests += 1
    }
    await answerMails(simulator, random, expected)
    console.error(`${expected.size} of ${wanted} requests answered, ${kills} kills`)
    await sleep(500)
  }
  disturbing.abort()
  await Promise.all(disturbances)
  await simulator.control('DELETE', '/faults')

  await until(
    'the last answers',
    async () => {
      await answerMails(simulator, random, expected)
      return expected.size === requests && (await isQuiet())
    },
    1_000,
  )
} finally {
  await server.stop()
}
const damage = await countDamage(simulator, place, { requests, expected })
const seconds = Math.round((performance.now() - start) / 1_000)
const database = values.database ? 'postgres' : 'pglite'
const { lost, repeated, wrong, mails } = damage
console.log(
  JSON.stringify(
    {
      seed,
      type,
      database,
      seconds,
      requests,
      replies: expected.size,
      mails,
      kills,
      faults,
      lost,
      repeated,
      wrong,
    },
    null,
    2,
  ),
)
await simulator.close()
await rm(dataDirectory, { recursive: true, force: true })
process.exitCode = lost + repeated + wrong === 0 ? 0 : 1

/** Files a request, again and again while the server is gone; the key makes it one. */
async function file(number: number): Promise<void> {
  const body = {
    process: 'purchase',
    requester,
    data: { item: `Laptop ${number}`, amount: '1846.00', supplier: 'Litware Computing' },
  }
  await until(
    'a request to be taken',
    async () => {
      try {
        await server.fileOnce(`soak-${number}`, body)
        return true
      } catch {
        return false
      }
    },
    200,
  )
}

async function isQuiet(): Promise<boolean> {
  if ((await totalOf(simulator, asking, 'Inbox')) > 0) return false
  const { items } = await server.api<{ items: unknown[] }>(
    'GET',
    '/api/messages/inbound?state=received&limit=1',
  )
  return items.length === 0 && (await isAllSent(server.api))
}

async function killing(signal: AbortSignal): Promise<void> {
  const { least, most } = KILL_EVERY_MS
  while (await pause(least + random() * (most - least), signal)) {
    await server.killAndRestart()
    kills += 1
  }
}

async function disturb(type: MailboxType, signal: AbortSignal): Promise<void> {
  while (await pause(random() * 2 * FAULT_EVERY_MS, signal)) {
    const waiting = await simulator.control<unknown[]>('GET', '/faults')
    if (waiting.length >= mostFaults(type)) continue
    // What backs off is mostly let recover: it would meet fault after fault, wait ever longer, and nothing be done.
    if ((await isInTrouble()) && random() < 0.75) continue
    const laid = await layFault(simulator, type, random)
    faults[laid] = (faults[laid] ?? 0) + 1
  }
}

/** Whether the mailbox failed as a whole and does not work again yet; so it is while the server is gone. */
async function isInTrouble(): Promise<boolean> {
  try {
    const { trouble } = await server.api<{ trouble: unknown }>('GET', '/api/mailboxes/approvals')
    return trouble !== null
  } catch {
    return true
  }
}

/** False when the signal came before the time was over. */
function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return sleep(milliseconds, true, { signal }).catch(() => false)
}
