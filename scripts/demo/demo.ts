/**
 * `npm run demo`: the main job from nothing, for a person to play the approver in the simulator's webmail.
 * `npm run demo -- --auto` plays the approver too, waits for the decision and prints one JSON line last; `--type
 * exchange-online-graph` reaches the mailbox over Microsoft Graph, `--type exchange-server-ews` on an Exchange Server of the
 * company's own.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Simulator, startSimulator } from '@countersign/simulator'
import { buildWeb } from '../build-web.ts'
import { type Api, apiOf, type DemoRequest } from './api.ts'
import { giveAccounts } from './give-accounts.ts'
import { type Narrator, narrator } from './narrate.ts'
import { playApprover } from './play-approver.ts'
import { readOptions } from './read-options.ts'
import { configureMailbox, fileInvestment, fileRequest, importSamples } from './set-up.ts'
import { type RunningServer, startServer } from './start-server.ts'
import { locale, texts } from './texts.ts'

const LOOK_MS = 300
/** Everything takes seconds; longer means that something is broken. */
const AUTO_MS = 60_000

const { auto, type } = readOptions()
const interrupted = new AbortController()
process.once('SIGINT', () => interrupted.abort())
process.once('SIGTERM', () => interrupted.abort())

const dataDirectory = await mkdtemp(join(tmpdir(), 'countersign-demo-'))
let simulator: Simulator | null = null
let server: RunningServer | null = null
let lastLine: string | null = null
try {
  console.log(`\n${texts.title}\n`)
  await buildWeb()
  simulator = await startSimulator()
  console.log(texts.simulator(`${simulator.http}/`))
  server = await startServer(dataDirectory)
  console.log(texts.server(server.url))
  const api = apiOf(server, locale)
  await configureMailbox(api, simulator, type)
  await importSamples(api)
  const story = narrator(api, await fileRequest(api), webmailOf(simulator))
  if (auto) lastLine = await playItself(simulator, api, story)
  else {
    await giveAccounts(api, server.url)
    const other = narrator(api, await fileInvestment(api), webmailOf(simulator))
    await letPersonPlay(simulator, api, [story, other])
  }
} catch (error) {
  console.error(texts.failed(error instanceof Error ? error.message : String(error)))
  process.exitCode = 1
} finally {
  await server?.stop()
  await simulator?.close()
  await rm(dataDirectory, { recursive: true, force: true })
}
if (lastLine !== null) console.log(lastLine)
else if (process.exitCode !== 1) console.log(`\n${texts.stopped}`)

function webmailOf({ http }: Simulator): (address: string) => string {
  return (address) => `${http}/webmail/${address}`
}

async function letPersonPlay(simulator: Simulator, api: Api, stories: [Narrator, Narrator]): Promise<void> {
  const [approver] = (await untilAsked(api, stories[0])).actions[0]?.assignees ?? []
  if (!approver) throw new Error('nobody was asked')
  console.log(['', ...texts.yourTurn(approver.name, webmailOf(simulator)(approver.address)), ''].join('\n'))
  const closed = new Set<number>()
  while (!interrupted.signal.aborted) {
    for (const story of stories) {
      const request = await story.look()
      if (request.status === 'open' || closed.has(request.id)) continue
      closed.add(request.id)
      console.log(`\n${texts.done(request.id, request.ending ?? request.status)}`)
    }
    await sleep(LOOK_MS, undefined, { signal: interrupted.signal }).catch(() => undefined)
  }
}

async function playItself(simulator: Simulator, api: Api, story: Narrator): Promise<string> {
  const asked = await untilAsked(api, story)
  const [approver] = asked.actions[0]?.assignees ?? []
  if (!approver) throw new Error('nobody was asked')
  console.log(`  ${new Date().toTimeString().slice(0, 8)}      ${texts.playing(approver.name)}`)
  const arrivedAt = await playApprover(simulator, approver)
  const request = await until(story, ({ actions }) => actions[0]?.decision != null, 'the decision')
  const action = request.actions[0]
  const decision = action?.decision
  if (!action || !decision) throw new Error('the request has no decision')
  const calls = await fetch(`${simulator.http}/_sim/calls`)
  return JSON.stringify({
    request: `#${request.id}`,
    action: `#${request.id}-${action.number}`,
    result: decision.result,
    by: decision.by.address,
    arrivalToDecisionMs: Date.parse(decision.at) - arrivedAt,
    mailboxCalls: countsOf((await calls.json()) as { operation: string; count: number }[]),
  })
}

/** Until the approval e-mail has gone out. */
function untilAsked(api: Api, story: Narrator): Promise<DemoRequest> {
  const sent = async () => {
    const { items } = await api<{ items: unknown[] }>('GET', '/api/messages/outbound?state=sent')
    return items.length > 0
  }
  return until(story, sent, 'the approval e-mail')
}

async function until(
  story: Narrator,
  condition: (request: DemoRequest) => boolean | Promise<boolean>,
  what: string,
): Promise<DemoRequest> {
  const end = Date.now() + AUTO_MS
  while (Date.now() < end && !interrupted.signal.aborted) {
    const request = await story.look()
    // What made it true may be news, too.
    if (await condition(request)) return story.look()
    await sleep(LOOK_MS, undefined, { signal: interrupted.signal }).catch(() => undefined)
  }
  throw new Error(interrupted.signal.aborted ? 'interrupted' : `${what} did not come within a minute`)
}

function countsOf(calls: { operation: string; count: number }[]): Record<string, number> {
  return Object.fromEntries(calls.map(({ operation, count }) => [operation, count]))
}
