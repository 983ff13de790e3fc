import type { FastifyRequest } from 'fastify'
import { isLoopback } from '../lib/is-loopback.ts'
import type { Context } from '../store/context.ts'

/** Where people open our pages, as far as the configuration or this call tells; without a slash at its end. */
export function pagesUrl(
  { publicUrl }: Pick<Context, 'publicUrl'>,
  { host }: Pick<FastifyRequest, 'host'>,
): string {
  return publicUrl ?? `http://${host}`
}

/** Whether they are opened on this machine without TLS, as a first try is; everywhere else a cookie needs TLS. */
export function isPlainLoopback(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed?.protocol === 'http:' && isLoopback(parsed.hostname)
}
