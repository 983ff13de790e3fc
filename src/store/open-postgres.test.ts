import { PassThrough } from 'node:stream'
import { describe, expect, inject, test } from 'vitest'
import { createLog } from '../lib/log.ts'
import { OperatorError } from '../lib/operator-error.ts'
import { openPostgres } from './open-postgres.ts'

const log = createLog('silent')

async function refusal(databaseUrl: string): Promise<string> {
  const error = await openPostgres({ databaseUrl, log }).catch((reason: unknown) => reason)
  if (!(error instanceof OperatorError)) throw new Error('no OperatorError', { cause: error })
  return error.message
}

test('a server that is not there is told without the URL', async () => {
  const message = await refusal('postgres://approvals:hunter2@127.0.0.1:1/approvals')
  expect(message).toContain('PostgreSQL at DATABASE_URL does not let us in: connect ECONNREFUSED 127.0.0.1:1')
  expect(message).not.toContain('hunter2')
  expect(await refusal('postgres://approvals:hunter2@localhost:1/approvals')).toContain('ECONNREFUSED')
})

const { postgres } = inject('databases')
describe.skipIf('missing' in postgres)('a server that is there', () => {
  test.each([
    ['password', /password authentication failed/],
    ['pathname', /database "nothing" does not exist/],
  ] as const)('refuses a wrong %s', async (part, expected) => {
    const url = new URL('url' in postgres ? postgres.url : '')
    url[part] = 'nothing'
    expect(await refusal(url.href)).toMatch(expected)
  })

  test('is named unsafe when its commits do not wait for the disk', async () => {
    const url = new URL('url' in postgres ? postgres.url : '')
    url.searchParams.set('options', '-c synchronous_commit=off')
    const output = new PassThrough()
    const store = await openPostgres({ databaseUrl: url.href, log: createLog('warn', output) })
    await store.close()
    const line = JSON.parse(output.read().toString())
    expect(line.msg).toContain('power cut')
    expect(line.settings).toContain('synchronous_commit')
  })
})
