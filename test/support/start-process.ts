import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface TestProcess {
  pid: number
  /** The lines it has written so far. */
  lines(): string[]
  /** Waits until there are so many lines. Throws with what it said when it ends before. */
  atLeast(count: number): Promise<string[]>
  tell(line: string): void
  /** Ends it and waits for that; what it wrote until then is in `lines`. */
  kill(signal?: NodeJS.Signals): Promise<void>
  ended: Promise<unknown>
}

/** Starts a script of `test/support/processes` as a process of its own. */
export function startProcess(script: string, ...parameters: string[]): TestProcess {
  const file = fileURLToPath(new URL(`./processes/${script}`, import.meta.url))
  const child: ChildProcess = spawn(process.execPath, [file, ...parameters], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stdout?.on('data', (chunk) => {
    output += chunk
  })
  child.stderr?.on('data', (chunk) => {
    errors += chunk
  })
  child.stdin?.on('error', () => {})
  const ended = once(child, 'close')
  // A line that is not ended was not said.
  const lines = () => output.split('\n').slice(0, -1)
  return {
    pid: child.pid ?? 0,
    lines,
    ended,
    async atLeast(count) {
      while (lines().length < count) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`${script} ended: ${errors}`)
        await Promise.race([child.stdout && once(child.stdout, 'data'), ended])
      }
      return lines()
    },
    tell: (line) => child.stdin?.write(`${line}\n`),
    async kill(signal = 'SIGKILL') {
      child.kill(signal)
      await ended
    },
  }
}
