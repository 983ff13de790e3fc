import { readFile } from 'node:fs/promises'
import { startChild } from './start-child.ts'

/** What an operation was asked for, as `GET /_sim/calls` counts it. */
export interface CallCount {
  operation: string
  /** Requests that travel: one within a `$batch` of Graph is none. */
  count: number
  /** Requests as throttling counts them: each one within a `$batch`, and not the `$batch`. */
  units: number
  items: number
}

export interface SimulatorProcess {
  /** `host:port` of the TLS server, and the authority to trust. */
  host: string
  caPem: string
  tokenEndpoint: string
  /** The plain server; it serves everything too, and is a proxy that leads Microsoft's names here. */
  http: string
  tenantId: string
  /** A call of the control API under `/_sim`: JSON, or a raw message as octets. Throws with its own words. */
  control<Answer>(method: string, path: string, body?: object | Uint8Array): Promise<Answer>
  /** The octets of a message. */
  download(path: string): Promise<Uint8Array>
  close(): Promise<void>
}

/** Starts the simulator as a process of its own, so that its work is not measured as ours. */
export async function startSimulatorProcess(): Promise<SimulatorProcess> {
  const child = startChild(['simulator/src/main.ts'])
  const started =
    await child.printed<Record<'http' | 'https' | 'caFile' | 'tokenEndpoint' | 'tenantId', string>>()

  async function ask(method: string, path: string, body?: object | Uint8Array): Promise<Response> {
    const content = body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body)
    const answer = await fetch(`${started.http}/_sim${path}`, {
      method,
      // Between two looks the simulator may have closed an idle connection, and the busy event loop not have seen it.
      headers: { connection: 'close' },
      ...(body === undefined ? {} : { body: content }),
    })
    if (!answer.ok) throw new Error(`the simulator refused ${method} ${path}: ${await answer.text()}`)
    return answer
  }

  return {
    host: new URL(started.https).host,
    caPem: await readFile(started.caFile, 'utf8'),
    tokenEndpoint: started.tokenEndpoint,
    http: started.http,
    tenantId: started.tenantId,
    control: async (...parameters) => (await (await ask(...parameters)).json()) as never,
    download: async (path) => new Uint8Array(await (await ask('GET', path)).arrayBuffer()),
    close: child.stop,
  }
}
