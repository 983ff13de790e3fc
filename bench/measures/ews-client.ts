import type { Measure } from '../bench.ts'
import type { ClientRun, ClientTask } from '../clients/client-task.ts'
import { fetchToken } from '../scene/fetch-token.ts'
import { fillMailbox, totalOf } from '../scene/mailbox-folders.ts'
import { median } from '../scene/percentile.ts'
import { startChild } from '../scene/start-child.ts'

const ROUNDS = 3
const clients = { ours: 'bench/clients/ours.ts', peer: 'bench/clients/ews-javascript-api.ts' }

/**
 * Our adapter beside ews-javascript-api: each in a process of its own reads the raw messages of a mailbox and moves them
 * to another folder, 50 a request, from the same simulator. By turns, the median of three runs.
 */
export const measureEwsClient: Measure = async ({ simulator, size, drained }) => {
  const { replies } = (await drained()).drain
  const messages = Array.from(
    { length: size(2_000) },
    (_, index) => replies[index % replies.length] as Uint8Array,
  )
  const octets = messages.reduce((sum, { length }) => sum + length, 0)
  await simulator.control('POST', '/reset')
  const token = await fetchToken(simulator)
  const runs: Record<keyof typeof clients, ClientRun[]> = { ours: [], peer: [] }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of ['ours', 'peer'] as const) {
      const address = `${name}${round}@contoso.example`
      await fillMailbox(simulator, address, messages)
      runs[name].push(await run(clients[name], { http: simulator.http, token, address }))
      await simulator.control('POST', '/reset')
    }
  }
  const [ours, peer] = [figuresOf(runs.ours), figuresOf(runs.peer)]
  return {
    ewsClient: {
      ...ours,
      timesAsFast: ours.messagesPerSecond / peer.messagesPerSecond,
      shareOfMemory: ours.rssMb / peer.rssMb,
    },
    ewsClientPeers: { 'ews-javascript-api': peer },
  }

  async function run(script: string, task: ClientTask): Promise<ClientRun> {
    const child = startChild([script, JSON.stringify(task)])
    const done = await child.printed<ClientRun>()
    const moved = await totalOf(simulator, task.address, 'Inbox/Processed')
    if (moved !== messages.length || done.messages !== messages.length || done.octets < octets) {
      throw new Error(`${script} read ${done.messages} messages, ${done.octets} octets, and moved ${moved}`)
    }
    return done
  }
}

function figuresOf(runs: ClientRun[]) {
  return {
    messagesPerSecond: median(runs.map(({ messages, milliseconds }) => (messages * 1_000) / milliseconds)),
    cpuMsPerMessage: median(runs.map(({ messages, cpuMs }) => cpuMs / messages)),
    rssMb: median(runs.map(({ rssMb }) => rssMb)),
  }
}
