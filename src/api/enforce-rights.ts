import type { FastifyInstance } from 'fastify'
import type { ApiParts } from './api-parts.ts'
import { authenticate, authenticateSession, demandRight } from './caller.ts'

/**
 * Lets nobody past a route's right. It runs before the body is read, so that strangers cost us nothing but a look at
 * their header. A route that declares no right is a bug and refused at start.
 */
export function enforceRights(server: FastifyInstance, parts: ApiParts): void {
  // Declared beforehand, so that every request object has the same shape; the hook below sets it.
  server.decorateRequest('caller')
  server.addHook('onRoute', ({ method, url, config }) => {
    if (config?.right === undefined) throw new Error(`${String(method)} ${url} declares no right`)
  })
  server.addHook('onRequest', async (request) => {
    const right = request.routeOptions.config.right
    // No route at all: it is answered with page-not-found.
    if (right === undefined || right === 'public') return
    if (right === 'session') {
      request.caller = await authenticateSession(parts, request)
      return
    }
    request.caller = await authenticate(parts, request)
    demandRight(request.caller, right)
  })
}
