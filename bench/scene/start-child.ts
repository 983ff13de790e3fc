import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** A process of this repository's code, started by the benchmark. */
export interface Child {
  pid: number
  /** The next JSON document on its standard output. Throws when it ends before. */
  printed<Document>(): Promise<Document>
  isRunning(): boolean
  /** Asks it to stop (SIGTERM) and waits until it has. */
  stop(): Promise<void>
}

const running = new Set<ChildProcess>()

// However the benchmark ends, it leaves nothing running.
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

/** Starts `node [flags] file [arguments]` with these variables and no others but PATH. What it complains of is shown. */
export function startChild(command: string[], environment: Record<string, string> = {}): Child {
  const child = spawn(process.execPath, command, {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const ended = once(child, 'close').finally(() => running.delete(child))
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-10_000)
  })
  const documents = readDocuments(child.stdout)

  return {
    pid: child.pid ?? 0,
    isRunning: () => running.has(child),
    async printed() {
      const next = await documents.next()
      if (!next.done) return JSON.parse(next.value)
      const [code, signal] = await ended
      throw new Error(`${command.join(' ')} ended with ${signal ?? code}: ${complaints}`)
    },
    async stop() {
      child.kill('SIGTERM')
      child.stdout.resume()
      await ended
    },
  }
}

/** JSON documents as our commands print them: on one line, or indented with the closing brace at the margin. */
async function* readDocuments(output: Readable): AsyncGenerator<string> {
  let document = ''
  for await (const line of createInterface(output)) {
    document += line
    if (!line.endsWith('}') || (line.startsWith(' ') && line !== '}')) continue
    yield document
    document = ''
  }
}
