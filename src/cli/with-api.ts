import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { localUrl } from '../lib/local-url.ts'
import { readLock } from '../store/data-directory-lock.ts'
import { type ApiClient, apiClient, type Transport } from './api-client.ts'
import type { Cli } from './cli.ts'
import { CliError } from './cli-error.ts'

/** Longer than any answer keeps silent: the doctor's round, given out as a whole, is the slowest. */
const SILENCE_MS = 180_000

/**
 * Lets a command use the API: over HTTP where a server runs on the data directory, for the embedded database belongs
 * to one process; in this process otherwise. It calls as the operator, or as whose API token `token` is.
 */
export async function withApi<T>(
  cli: Cli,
  use: (api: ApiClient) => Promise<T>,
  as: { token?: string } = {},
): Promise<T> {
  const config = cli.readConfig()
  const { locale } = cli
  const running = config.databaseUrl === null ? await readLock(config.dataDirectory) : null
  if (running?.server) {
    const { url } = running.server
    return use(apiClient(overHttp(url, cli), { token: as.token ?? running.server.token, locale }))
  }
  // What is worth a line in the log of a server is noise beside the outcome of one command.
  const logLevel = config.logLevel === 'info' ? 'warn' : config.logLevel
  const app = await cli.openApp({ ...config, logLevel }, { jobs: false })
  try {
    const transport = inProcess(app.server, new URL(localUrl(config)).host)
    return await use(apiClient(transport, { token: as.token ?? app.operatorToken, locale }))
  } finally {
    await app.close()
  }
}

function overHttp(url: string, cli: Cli): Transport {
  const silent = (cause: unknown) =>
    new CliError('server-silent', cli.text('cli:server-silent', { url }), { cause })

  return async ({ method, path, headers, body }) => {
    const silence = new AbortController()
    const timer = setTimeout(() => silence.abort(), SILENCE_MS)
    async function* chunks(answer: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      try {
        for await (const chunk of answer) {
          timer.refresh()
          yield chunk
        }
      } catch (cause) {
        throw silent(cause)
      } finally {
        clearTimeout(timer)
      }
    }
    try {
      const { signal } = silence
      const answer = await fetch(new URL(path, url), { method, headers, body: body ?? null, signal })
      return { status: answer.status, body: Readable.from(chunks(answer.body ?? Readable.from([]))) }
    } catch (cause) {
      clearTimeout(timer)
      throw silent(cause)
    }
  }
}

/** `authority` is where the server would listen: links that it makes lead there. */
function inProcess(server: FastifyInstance, authority: string): Transport {
  return async ({ method, path, headers, body }) => {
    const answer = await server.inject({
      method,
      url: path,
      authority,
      headers,
      payloadAsStream: true,
      ...(body === undefined ? {} : { body }),
    })
    return { status: answer.statusCode, body: answer.stream() }
  }
}
