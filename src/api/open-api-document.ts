import { pino } from 'pino'
import type { ApiParts } from './api-parts.ts'
import { createServer } from './create-server.ts'

/** The OpenAPI 3.1 document of the API, as `GET /openapi.json` serves it. Needs no database: no handler runs. */
export async function openApiDocument(): Promise<object> {
  const parts = { context: { log: pino({ enabled: false }) } } as unknown as ApiParts
  const server = createServer(parts)
  await server.ready()
  const document = server.swagger()
  await server.close()
  return document
}
