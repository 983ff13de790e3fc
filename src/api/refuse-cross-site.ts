import type { FastifyRequest } from 'fastify'
import { AppError } from '../lib/app-error.ts'

/**
 * Refuses a call that a browser makes for another site's page; it says so in `Sec-Fetch-Site` (Fetch Metadata), which
 * pages cannot change. Another port of this machine is another site to us. Throws `cross-site-refused`.
 */
export async function refuseCrossSite({ headers }: Pick<FastifyRequest, 'headers'>): Promise<void> {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new AppError('cross-site-refused')
}
