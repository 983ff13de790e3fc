import { setImmediate } from 'node:timers/promises'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import { sendLines } from './send-lines.ts'

test('lines come one by one, and nothing more is made once the reader has gone', async () => {
  const ended = Promise.withResolvers<void>()
  async function* endless() {
    try {
      for (let number = 0; ; number += 1) {
        await setImmediate()
        yield { number }
      }
    } finally {
      ended.resolve()
    }
  }
  const server = fastify()
  server.get('/', (_, reply) => sendLines(reply, endless()))
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  const leaving = new AbortController()
  const answer = await fetch(url, { signal: leaving.signal })
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
  const first = await answer.body?.getReader().read()
  expect(new TextDecoder().decode(first?.value)).toMatch(/^\{"number":0\}\n/)
  leaving.abort()
  await ended.promise
  await server.close()
})
