import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

export interface Ran {
  code: number | null
  stdout: string
  stderr: string
}

export interface Started {
  /** Resolves with what it wrote on this stream as soon as that matches; rejects when it ends before. */
  says(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<RegExpExecArray>
  stop(signal: NodeJS.Signals): Promise<Ran>
}

type Environment = Record<string, string>

/** Starts the command line as a process of its own, in English, with these environment variables beside PATH. */
export function startCommand(args: string[], environment: Environment = {}): Started {
  const child = spawn(process.execPath, [join(root, 'src', 'main.ts'), ...args], {
    env: { PATH: process.env.PATH, LANG: 'en_GB.UTF-8', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text
  })
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, ...said }))
  return {
    async says(stream, pattern) {
      for (;;) {
        const match = pattern.exec(said[stream])
        if (match) return match
        const more = once(child[stream], 'data').then(() => null)
        const end = await Promise.race([more, ended])
        if (end) throw new Error(`It ended with ${end.code} before it said ${pattern}:\n${end.stderr}`)
      }
    },
    async stop(signal) {
      child.kill(signal)
      return ended
    },
  }
}

/** Runs a command to its end. */
export async function runCommand(args: string[], environment: Environment = {}): Promise<Ran> {
  const child = startCommand(args, environment)
  return child.stop(0 as unknown as NodeJS.Signals)
}

/** Runs a command whose output nobody reads, as behind `| head` that has ended. */
export async function runUnread(args: string[]): Promise<Omit<Ran, 'stdout'>> {
  const child = spawn(process.execPath, [join(root, 'src', 'main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.destroy()
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  await once(child, 'close')
  return { code: child.exitCode, stderr }
}
