import type { HttpClient } from '../lib/http-client.ts'
import { networkError } from './network-error.ts'
import { type Finding, ok } from './run-checks.ts'

/** Whether name, port and certificate of a URL's host are right: any status proves it, so nothing is signed in for. */
export async function checkTls(url: string, http: HttpClient, signal: AbortSignal): Promise<Finding> {
  const { host } = new URL(url)
  const answer = await http
    .request({ method: 'GET', url, headers: {}, timeoutMs: 30_000, signal })
    .catch((error: unknown) => {
      throw networkError(error, host)
    })
  return ok(`${host} answered HTTP ${answer.status}`)
}
