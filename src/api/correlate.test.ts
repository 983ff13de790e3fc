import { Writable } from 'node:stream'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import { createLog } from '../lib/log.ts'
import { withLogFields } from '../lib/log-fields.ts'
import { correlate, requestIdOf } from './correlate.ts'

test.each(['order-4711', '0f6d0c4e-1111-2222-3333-444444444444', 'a', 'A_b.9'])('%j is kept', (id) => {
  expect(requestIdOf({ headers: { 'x-request-id': id } })).toBe(id)
})

test.each(['', 'two words', 'a\nb', '"}', 'é', 'x'.repeat(65), undefined])('%j is replaced', (id) => {
  const made = requestIdOf({ headers: { 'x-request-id': id } })
  expect(made).toMatch(/^[0-9a-f-]{36}$/)
  expect(requestIdOf({ headers: { 'x-request-id': id } })).not.toBe(made)
})

test('every line that a request leads to carries its id, deep down and after the body too', async () => {
  const written: Record<string, unknown>[] = []
  const log = createLog(
    'info',
    new Writable({
      write(chunk, _, done) {
        written.push(JSON.parse(String(chunk)))
        done()
      },
    }),
  )
  const server = fastify({ genReqId: requestIdOf })
  correlate(server)
  server.post('/', async () => {
    await new Promise(setImmediate)
    log.info('in a command')
    withLogFields({ inboundMessage: '7' }, () => log.info('about a message'))
    return {}
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const call = async (id: string) => {
    const answer = await fetch(server.listeningOrigin, {
      method: 'POST',
      headers: { 'x-request-id': id, 'content-type': 'application/json' },
      body: JSON.stringify({ long: 'x'.repeat(200_000) }),
    })
    expect(answer.headers.get('x-request-id')).toBe(id)
  }
  await Promise.all([call('one'), call('two')])
  log.info('of nobody')
  await server.close()
  for (const requestId of ['one', 'two']) {
    expect(written.filter((line) => line.requestId === requestId)).toMatchObject([
      { msg: 'in a command' },
      { msg: 'about a message', inboundMessage: '7' },
    ])
  }
  expect(written.at(-1)).not.toHaveProperty('requestId')
})
