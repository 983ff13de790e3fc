import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '../../src/lib/log.ts'
import type { Store } from '../../src/store/store.ts'
import { openTestPglite } from '../support/databases.ts'
import { openSampleApi, people, purchase, type SampleApi } from '../support/sample-api.ts'

let store: Store
let api: SampleApi
let requester: string
let administrator: string
let logged = ''

beforeAll(async () => {
  store = await openTestPglite()
  const destination = new Writable({
    write(chunk, _, done) {
      logged += chunk
      done()
    },
  })
  api = await openSampleApi(store, { log: createLog('info', destination) })
  requester = await api.tokenFor(people.requester)
  administrator = await api.tokenFor(people.administrator)
})
afterAll(async () => {
  await api.close()
  await store.close()
})

const post = (body: unknown, headers: object = {}) =>
  api.call(requester, 'POST', '/api/requests', body, headers)

test('a refusal is a problem document in the caller’s language', async () => {
  const english = await api.call(requester, 'GET', '/api/requests/2147483647')
  expect(english.headers).toMatchObject({
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': 'en',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  expect(english.body).toEqual({
    type: 'urn:countersign:error:request-not-found',
    title: 'No such request',
    status: 404,
    detail: 'There is no request 2147483647, or it is not yours to see. Check the number.',
    code: 'request-not-found',
    values: { request: '2147483647' },
    problems: [],
  })
  const french = await api.call(requester, 'GET', '/api/requests/2147483647', undefined, {
    'accept-language': 'de;q=0.9, fr-CA;q=0.8, en;q=0.7',
  })
  expect(french.body.title).toBe('Demande introuvable')
  expect(french.headers['content-language']).toBe('fr')
})

test('a form is refused field by field', async () => {
  const { body } = await post({ process: 'purchase', data: { amount: '1.234', secret: 'x' } })
  expect(body).toMatchObject({ status: 422, code: 'invalid-request-data' })
  expect(body.problems.map(({ path }: { path: string }) => path).sort()).toEqual([
    'amount',
    'item',
    'secret',
    'supplier',
  ])
})

test('a body of the wrong shape is refused member by member, with the mend', async () => {
  const { body } = await post({ process: 7, extra: true }, { 'accept-language': 'fr' })
  expect(body).toMatchObject({ status: 400, code: 'invalid-input' })
  expect(body.problems).toEqual([
    { path: 'process', message: 'process doit être un texte.' },
    { path: 'data', message: 'data est absent. Ajoutez-le.' },
    {
      path: 'extra',
      message:
        'extra n’est pas connu ici et n’aurait donc aucun effet. Vérifiez son orthographe, ou retirez-le.',
    },
  ])
})

test.each([
  [
    'a status that there is not',
    '/api/requests?status=lost',
    'status must be one of: open, completed, cancelled.',
  ],
  ['a page of a million', '/api/requests?limit=1000000', 'limit may be 200 at most.'],
  ['a page of nothing', '/api/requests?limit=0', 'limit must be 1 at least.'],
  ['a number that is none', '/api/requests?after=abc', 'after must be a number.'],
  ['a number beyond the database’s', '/api/requests/99999999999', 'id may be 2147483647 at most.'],
  ['an id that is none', '/api/actions/42', 'id must be an id as it stands in our answers'],
  ['a filter that there is not', '/api/requests?stauts=open', 'stauts is not known here'],
  ['a filter given twice', '/api/requests?status=open&status=open', 'status must be one of'],
])('%s is named', async (_, url, message) => {
  const { body } = await api.call(requester, 'GET', url)
  expect(body).toMatchObject({ status: 400, code: 'invalid-input' })
  expect(body.problems[0].message).toContain(message)
})

describe('hostile bodies', () => {
  const asText = (text: string, type = 'application/json') => post(text, { 'content-type': type })

  test.each([
    ['no JSON', '{"process": ', 'invalid-json'],
    ['nothing', '', 'invalid-json'],
    ['a prototype', '{"process":"purchase","data":{"__proto__":{"admin":true}}}', 'invalid-json'],
    [
      'a constructor',
      '{"constructor":{"prototype":{"admin":true}},"process":"purchase","data":{}}',
      'invalid-json',
    ],
    ['a null character', '{"process":"purchase","data":{"item":"a\\u0000b"}}', 'invalid-text'],
    ['a null character in a name', '{"process":"purchase","data":{"a\\u0000":"b"}}', 'invalid-text'],
    ['half a surrogate pair', '{"process":"purchase\\ud800","data":{}}', 'invalid-text'],
    [
      'depth without end',
      `{"process":"purchase","data":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
      'invalid-text',
    ],
    ['an array', '[]', 'invalid-input'],
    ['null', 'null', 'invalid-input'],
    ['text', '"purchase"', 'invalid-input'],
    [
      'more than 1 MB',
      JSON.stringify({ process: 'purchase', data: { item: 'a'.repeat(1024 * 1024) } }),
      'payload-too-large',
    ],
    [
      'a field that is too long',
      JSON.stringify({ process: 'purchase', data: { item: 'a'.repeat(5_000) } }),
      'invalid-request-data',
    ],
    [
      'ten thousand unknown fields',
      JSON.stringify(Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`f${index}`, 1]))),
      'invalid-input',
    ],
    [
      'SQL in a name',
      JSON.stringify({ process: "purchase'; drop table request; --", data: {} }),
      'process-not-found',
    ],
  ])('%s', async (_, text, code) => {
    const answer = await asText(text)
    expect(answer.body.code, answer.text.slice(0, 300)).toBe(code)
    expect(answer.body.problems.length).toBeLessThanOrEqual(100)
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/xml'])(
    '%s is not read',
    async (type) => {
      expect((await asText('{"process":"purchase","data":{}}', type)).body.code).toBe(
        'unsupported-media-type',
      )
    },
  )

  test('null characters in addresses and queries', async () => {
    expect((await api.call(requester, 'GET', '/api/requests?process=a%00b')).body.code).toBe('invalid-text')
    expect((await api.call(requester, 'GET', '/api/processes/a%00b')).body.code).toBe('invalid-text')
    expect((await api.call(requester, 'GET', '/api/processes/%ff')).body.code).toBe('page-not-found')
  })

  test('a stranger’s megabytes are not even read', async () => {
    const answer = await api.call(null, 'POST', '/api/requests', 'x'.repeat(2 * 1024 * 1024))
    expect(answer.body.code).toBe('not-signed-in')
  })
})

test('addresses that lead nowhere and methods that are not there', async () => {
  expect((await api.call(null, 'GET', '/nowhere')).body).toMatchObject({
    status: 404,
    code: 'page-not-found',
  })
  expect((await api.call(requester, 'PATCH', '/api/requests')).body.code).toBe('page-not-found')
  expect((await api.call(requester, 'GET', '/api/../../etc/passwd')).body.code).toBe('page-not-found')
})

test('a bug is answered with its number alone and logged under it', async () => {
  logged = ''
  await store.db.schema.alterTable('request').renameTo('request_hidden').execute()
  const answer = await api.call(requester, 'GET', '/api/requests')
  await store.db.schema.alterTable('request_hidden').renameTo('request').execute()
  expect(answer.body).toMatchObject({ status: 500, code: 'internal-error', problems: [] })
  expect(answer.text).not.toMatch(/relation|does not exist|select|stack/i)
  const { requestId } = answer.body.values
  expect(logged).toContain(requestId)
  expect(logged).toContain('does not exist')
  expect(answer.body.detail).toContain(requestId)
})

test('neither tokens nor bodies reach the log', async () => {
  logged = ''
  await post({ process: 'purchase', data: { ...purchase, purpose: 'not-for-the-log' } })
  await api.call('cst_not-a-token', 'GET', '/api/requests')
  const made = await api.call(api.operatorToken, 'POST', '/api/tokens', {
    name: 'n',
    scopes: ['requests:read'],
    person: people.requester,
  })
  expect(logged).toContain('API token made')
  for (const secret of [
    requester,
    administrator,
    api.operatorToken,
    made.body.token,
    'cst_not-a-token',
    'not-for-the-log',
  ]) {
    expect(logged).not.toContain(secret)
  }
})
