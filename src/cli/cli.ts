import type { Writable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config/read-config.ts'
import type { Locale, Translate } from '../lib/translate.ts'

/** An open application, as far as the command line needs it; `app.ts` opens it. */
export interface RunningApp {
  server: FastifyInstance
  operatorToken: string
  /** Whether there are pages to serve, or the API alone. */
  hasPages: boolean
  /** Tells other commands where this server listens, through the lock of the data directory. */
  publish(url: string): Promise<void>
  close(): Promise<void>
}

/** With jobs it receives, sends and reads mail; without, it only answers calls. */
export type OpenApp = (config: Config, options: { jobs: boolean }) => Promise<RunningApp>

/** What `main.ts` hands in. */
export interface CliParts {
  /** Read only by commands that need it: `message inspect` works without any configuration. */
  readConfig: () => Config
  openApp: OpenApp
  locale: Locale
  /** Whether standard output is a terminal that shows colours, and nobody has asked for none (NO_COLOR). */
  colours: boolean
  stdout: Writable
  stderr: Writable
}

/** What every command works with. */
export interface Cli extends CliParts {
  text: Translate
  /** The outcome: one JSON document with `--json`, else lines for people. */
  print(options: { json?: boolean }, document: unknown, lines: string[]): void
  /** 1 when the command did what it was asked and the outcome is bad: a broken audit chain, a failed check. */
  exitCode: number
}
