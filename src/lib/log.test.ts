import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createLog } from './log.ts'
import { withLogFields } from './log-fields.ts'

function written(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = ''
  const stream = new Writable({
    write(chunk, _, done) {
      text += chunk
      done()
    },
  })
  write(createLog('trace', stream))
  return text
}

test.each([
  'clientSecret',
  'secret',
  'password',
  'certificate',
  'pem',
  'pfx',
  'databaseUrl',
  'token',
  'accessToken',
  'authorization',
  'raw',
  'body',
  'text',
  'html',
  'mime',
])('%s is in no line, three objects deep', (name) => {
  const text = written((log) => {
    log.info({ [name]: 'hidden' }, 'one')
    log.info({ settings: { [name]: 'hidden' } }, 'two')
    log.info({ a: { b: { [name]: 'hidden' } } }, 'three')
    log.error({ err: Object.assign(new Error('failed'), { [name]: 'hidden' }) }, 'four')
    withLogFields({ [name]: 'hidden' }, () => log.info('five'))
  })
  expect(text.match(/"msg"/g)).toHaveLength(5)
  // An error's `raw` is left out by pino itself.
  expect(text.match(/\[redacted\]/g)?.length).toBeGreaterThanOrEqual(4)
  expect(text).not.toContain('hidden')
})

test('fields of the work at hand stand on each line, beside its own', () => {
  const text = written((log) =>
    withLogFields({ requestId: 'one' }, () => {
      withLogFields({ inboundMessage: 'two' }, () => log.info({ outcome: 'held' }, 'within'))
      log.info('after')
    }),
  )
  const [within, after] = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(within).toMatchObject({ requestId: 'one', inboundMessage: 'two', outcome: 'held' })
  expect(after).not.toHaveProperty('inboundMessage')
})
