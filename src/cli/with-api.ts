import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { readLock } from '../store/data-directory-lock.ts'
import { type ApiClient, apiClient, type Transport } from './api-client.ts'
import type { Cli } from './cli.ts'
import { CliError } from './cli-error.ts'

/** Longer than any answer takes: the doctor's round is the slowest. */
const CALL_MS = 180_000

/**
 * Lets a command use the API: over HTTP where a server runs on the data directory, for the embedded database belongs
 * to one process; in this process otherwise.
 */
export async function withApi<T>(cli: Cli, use: (api: ApiClient) => Promise<T>): Promise<T> {
  const config = cli.readConfig()
  const { locale } = cli
  const running = config.databaseUrl === null ? await readLock(config.dataDirectory) : null
  if (running?.server) {
    const { url, token } = running.server
    return use(apiClient(overHttp(url, cli), { token, locale }))
  }
  // What is worth a line in the log of a server is noise beside the outcome of one command.
  const logLevel = config.logLevel === 'info' ? 'warn' : config.logLevel
  const app = await cli.openApp({ ...config, logLevel }, { jobs: false })
  try {
    return await use(apiClient(inProcess(app.server), { token: app.operatorToken, locale }))
  } finally {
    await app.close()
  }
}

function overHttp(url: string, cli: Cli): Transport {
  return async ({ method, path, headers, body }) => {
    const response = await fetch(new URL(path, url), {
      method,
      headers,
      body: body ?? null,
      signal: AbortSignal.timeout(CALL_MS),
    }).catch((cause: unknown) => {
      throw new CliError('server-silent', cli.text('cli:server-silent', { url }), { cause })
    })
    return {
      status: response.status,
      body: response.body ? Readable.fromWeb(response.body) : Readable.from([]),
    }
  }
}

function inProcess(server: FastifyInstance): Transport {
  return async ({ method, path, headers, body }) => {
    const answer = await server.inject({
      method,
      url: path,
      headers,
      payloadAsStream: true,
      ...(body === undefined ? {} : { body }),
    })
    return { status: answer.statusCode, body: answer.stream() }
  }
}
