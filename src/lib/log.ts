import pino, { type Logger } from 'pino'
import { logFields } from './log-fields.ts'

export type Log = Logger

/** Members that may hold a credential or a message; they never reach a log line (promise 7). */
const redacted = [
  'clientSecret',
  'secret',
  'password',
  'certificate',
  'pem',
  'pfx',
  'databaseUrl',
  'token',
  'accessToken',
  'authorization',
  'raw',
  'body',
  'text',
  'html',
  'mime',
]

/**
 * A structured log on the given stream (standard error by default), one JSON line an entry.
 * `level` is one of pino's: trace, debug, info, warn, error, fatal, silent.
 */
export function createLog(level: string, destination: NodeJS.WritableStream = process.stderr): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: logFields,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redacted.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    },
    destination,
  )
}
