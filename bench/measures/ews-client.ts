import { nodeEnvironment, nodeFlags } from '../../scripts/how-node-starts.js'
import type { Measure } from '../bench.ts'
import type { ClientRun, ClientTask } from '../clients/client-task.ts'
import { fetchToken } from '../scene/fetch-token.ts'
import { fillMailbox, totalOf } from '../scene/mailbox-folders.ts'
import { median } from '../scene/percentile.ts'
import { startChild } from '../scene/start-child.ts'

const ROUNDS = 3
const clients = { ours: 'bench/clients/ours.ts', peer: 'bench/clients/ews-javascript-api.ts' }

/** How far Exchange is: as for the other measures, and not at all. */
const distances = { there: 80, here: 0 }

/**
 * Our adapter beside ews-javascript-api: each in a process of its own, started as the product is, reads the raw messages of a mailbox and moves them
 * to another folder, 50 a request, from the same simulator. By turns, the median of three runs, with round trips of 80 ms
 * and with none: the first is what a mailbox in Exchange Online gives, the second what is left when only work counts,
 * the simulator's included.
 */
export const measureEwsClient: Measure = async ({ simulator, size, drained }) => {
  const { replies } = (await drained()).drain
  const messages = Array.from(
    { length: size(2_000) },
    (_, index) => replies[index % replies.length] as Uint8Array,
  )
  const octets = messages.reduce((sum, { length }) => sum + length, 0)
  const token = await fetchToken(simulator)
  const there = await compare('there')
  const here = await compare('here')
  return {
    ewsClient: {
      ...there.ours,
      timesAsFast: there.ours.messagesPerSecond / there.peer.messagesPerSecond,
      timesAsFastWithoutDistance: here.ours.messagesPerSecond / here.peer.messagesPerSecond,
      cpuMsPerMessage: here.ours.cpuMsPerMessage,
      shareOfMemory: there.ours.rssMb / there.peer.rssMb,
    },
    ewsClientPeers: { 'ews-javascript-api': { ...there.peer, cpuMsPerMessage: here.peer.cpuMsPerMessage } },
  }

  async function compare(distance: keyof typeof distances) {
    const runs: Record<keyof typeof clients, ClientRun[]> = { ours: [], peer: [] }
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const name of ['ours', 'peer'] as const) {
        await simulator.control('POST', '/reset')
        const address = `${name}${round}@contoso.example`
        await fillMailbox(simulator, address, messages)
        await simulator.control('POST', '/tenant', { roundTripMs: distances[distance] })
        runs[name].push(await run(clients[name], { http: simulator.http, token, address }))
      }
    }
    return { ours: figuresOf(runs.ours), peer: figuresOf(runs.peer) }
  }

  async function run(script: string, task: ClientTask): Promise<ClientRun> {
    const child = startChild([...nodeFlags, script, JSON.stringify(task)], nodeEnvironment)
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
