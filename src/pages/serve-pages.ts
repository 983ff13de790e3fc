import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { AppError } from '../lib/app-error.ts'
import { NONCE, type PageFile, type Pages } from './load-pages.ts'

/** What belongs to the other doors: an address of theirs that leads nowhere is no page. */
const otherDoors = /^\/(api|push|health|metrics|assets)(\/|$)/

/** Vite puts a digest of the content into these names. */
const hashed = /^\/assets\//

/**
 * Serves the pages under every path that no other door has: a file where there is one, else the document in which the
 * pages' own router looks at the path.
 */
export function servePages(server: FastifyInstance, pages: Pages): void {
  server.get('/*', { config: { right: 'public' }, schema: { hide: true } }, (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/'
    const file = pages.files.get(path)
    if (file)
      return sendFile(reply, file, { path, acceptsGzip: acceptsGzip(request.headers['accept-encoding']) })
    if (otherDoors.test(path)) throw new AppError('page-not-found')
    return sendIndex(reply, pages.index)
  })
}

function sendFile(
  reply: FastifyReply,
  { contentType, body, gzipped }: PageFile,
  { path, acceptsGzip }: { path: string; acceptsGzip: boolean },
) {
  reply
    .type(contentType)
    .header('cache-control', hashed.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('vary', 'accept-encoding')
  return acceptsGzip && gzipped ? reply.header('content-encoding', 'gzip').send(gzipped) : reply.send(body)
}

function acceptsGzip(header: string | string[] | undefined): boolean {
  return /(^|,)\s*gzip\s*(,|$)/i.test(String(header ?? ''))
}

/** The document may do nothing but load what we serve, and nobody may put it into a frame. */
function sendIndex(reply: FastifyReply, index: string) {
  const nonce = randomBytes(16).toString('base64')
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', policy(nonce))
    .header('referrer-policy', 'same-origin')
    .header('cross-origin-opener-policy', 'same-origin')
    .send(index.replaceAll(NONCE, nonce))
}

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
