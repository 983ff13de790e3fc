import { expect, test } from 'vitest'
import { openApiDocument } from './open-api-document.ts'

interface Operation {
  operationId: string
  summary: string
  tags: string[]
  responses: Record<string, unknown>
}

test('every operation is named, described and may refuse; every reference leads somewhere', async () => {
  const document = (await openApiDocument()) as {
    openapi: string
    paths: Record<string, Record<string, Operation>>
    components: { schemas: Record<string, object> }
  }
  expect(document.openapi).toBe('3.1.0')
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ path, ...operation })),
  )
  expect(operations.length).toBeGreaterThan(25)
  const ids = operations.map(({ operationId }) => operationId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { path, operationId, summary, tags, responses } of operations) {
    expect([operationId, summary, tags?.length], path).toEqual([expect.any(String), expect.any(String), 1])
    if (path.startsWith('/api/')) expect(responses.default, path).toBeDefined()
  }
  const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name]) => name,
  )
  const schemas = Object.keys(document.components.schemas)
  expect([...new Set(references)].sort()).toEqual(schemas.sort())
})
