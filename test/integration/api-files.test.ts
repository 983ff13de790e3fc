import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eraseFiles } from '../../src/approvals/commands/erase-files.ts'
import { importProcess } from '../../src/approvals/commands/import-process.ts'
import { verifyAudit } from '../../src/store/audit.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { type Answer, openSampleApi, people, purchase, type SampleApi } from '../support/sample-api.ts'

const MB = 1024 * 1024
const DAY_MS = 24 * 60 * 60 * 1_000

describeOnBothDatabases('files of requests', (open) => {
  let api: SampleApi
  let requester: string
  let manager: string
  let stranger: string
  let administrator: string
  let now = Date.parse('2026-11-24T13:00:00Z')
  beforeAll(async () => {
    api = await openSampleApi(await open(), { clock: () => new Date(now) })
    requester = await api.tokenFor(people.requester)
    manager = await api.tokenFor(people.manager)
    stranger = await api.tokenFor(people.stranger)
    administrator = await api.tokenFor(people.administrator)
  })
  afterAll(() => api.close())

  async function upload(
    token: string,
    octets: Buffer | string,
    { name = 'offer.pdf', type = 'application/pdf' }: { name?: string; type?: string } = {},
  ): Promise<Answer> {
    const answer = await api.server.inject({
      method: 'POST',
      url: `/api/files?name=${encodeURIComponent(name)}`,
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body: octets,
    })
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.body,
      body: JSON.parse(answer.body),
    }
  }

  async function uploaded(octets: Buffer | string, named: { name?: string; type?: string } = {}) {
    const answer = await upload(requester, octets, named)
    expect(answer.status, answer.text).toBe(201)
    return answer.body
  }

  const post = (files: string[], headers: object = {}, token = requester, body: object = {}) =>
    api.call(token, 'POST', '/api/requests', { process: 'purchase', data: purchase, files, ...body }, headers)

  async function download(token: string, request: number, file: string) {
    const url = `/api/requests/${request}/files/${file}`
    return api.server.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } })
  }

  const removeDrafts = () => api.context.db.deleteFrom('requestFile').where('requestId', 'is', null).execute()

  test('a request takes over the files that it names, in their order, and its history proves them', async () => {
    const invoice = await uploaded('{"total": 1}', { name: 'invoice.json', type: 'application/json; x=1' })
    const offer = await uploaded('%PDF-1.7', { name: '../Offre signée.pdf', type: 'Application/PDF' })
    const sha256 = createHash('sha256').update('%PDF-1.7').digest('hex')
    expect(offer).toEqual({
      id: offer.id,
      name: 'Offre signée.pdf',
      mediaType: 'application/pdf',
      size: 8,
      sha256,
      erasedAt: null,
    })

    const made = await post([offer.id, invoice.id])
    expect(made.status, made.text).toBe(201)
    expect(made.body.files).toEqual([offer, invoice])
    expect(made.body.timeline[0].facts.files).toEqual(
      [offer, invoice].map(({ name, size, sha256 }) => ({ name, size, sha256 })),
    )
    expect((await verifyAudit(api.context.db, { requestId: made.body.id })).broken).toEqual([])
    const action = await api.call(manager, 'GET', `/api/actions/${made.body.actions[0].id}`)
    expect(action.body.files).toEqual([offer, invoice])
    const rows = await api.context.db
      .selectFrom('requestFile')
      .innerJoin('person', 'person.id', 'requestFile.addedBy')
      .select(['place', 'address', 'octets'])
      .where('requestId', '=', made.body.id)
      .orderBy('place')
      .execute()
    expect(rows.map(({ place, address }) => [place, address])).toEqual([
      [1, people.requester],
      [2, people.requester],
    ])
    expect(rows[0]?.octets?.toString()).toBe('%PDF-1.7')
  })

  test('whoever may see the request downloads them, and nobody else', async () => {
    const page = await uploaded('<script>alert(1)</script>', {
      name: 'page "1"\u202e é.html',
      type: 'text/html',
    })
    const offer = await uploaded('%PDF-1.7')
    const { id, actions } = (await post([page.id, offer.id])).body
    const answer = await download(manager, id, page.id)
    expect([answer.statusCode, answer.body]).toEqual([200, '<script>alert(1)</script>'])
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="page _1_ e.html"; filename*=UTF-8''page%20%221%22%20%C3%A9.html`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'no-store',
    })
    expect((await download(requester, id, offer.id)).headers['content-type']).toBe('application/pdf')
    expect((await download(administrator, id, offer.id)).statusCode).toBe(200)

    const refused = await download(stranger, id, offer.id)
    expect([refused.statusCode, JSON.parse(refused.body).code]).toEqual([404, 'request-not-found'])
    // One request opens no file of another.
    const other = (await post([])).body
    const misplaced = await download(requester, other.id, offer.id)
    expect([misplaced.statusCode, JSON.parse(misplaced.body).code]).toEqual([404, 'file-not-found'])
    await api.call(manager, 'POST', `/api/actions/${actions[0].id}/decide`, { result: 'YES' })
    expect((await download(manager, id, offer.id)).statusCode).toBe(200)
    const readOnly = await api.tokenFor(people.requester, ['actions:decide'])
    expect((await download(readOnly, id, offer.id)).statusCode).toBe(403)
  })

  test('a draft is its owner’s alone', async () => {
    const draft = await uploaded('mine')
    const taken = await post([draft.id], {}, manager)
    expect([taken.status, taken.body.code]).toEqual([404, 'file-not-found'])
    const removed = await api.call(manager, 'DELETE', `/api/files/${draft.id}`)
    expect([removed.status, removed.body.code]).toEqual([404, 'file-not-found'])
    expect((await upload(await api.tokenFor(people.requester, ['requests:read']), 'x')).status).toBe(403)
    expect((await api.call(requester, 'DELETE', `/api/files/${draft.id}`)).status).toBe(204)
    expect((await post([draft.id])).body.code).toBe('file-not-found')

    // Nor does the operator's belong to anybody else, and the operator may make a request with it.
    const operators = (await upload(api.operatorToken, 'theirs')).body
    expect((await post([operators.id])).body.code).toBe('file-not-found')
    const made = await post([operators.id], {}, api.operatorToken, { requester: people.requester })
    expect(made.body.files).toEqual([operators])
  })

  test('what a request has taken over stays', async () => {
    const draft = await uploaded('kept')
    const { id } = (await post([draft.id])).body
    expect((await api.call(requester, 'DELETE', `/api/files/${draft.id}`)).status).toBe(404)
    const again = await post([draft.id])
    expect([again.status, again.body.code]).toEqual([409, 'file-taken'])
    expect((await download(requester, id, draft.id)).body).toBe('kept')
  })

  test('of two requests that race for a draft one gets it, and the other is not made', async () => {
    const [a, b] = [await uploaded('a'), await uploaded('b')]
    const before = await api.context.db.selectFrom('request').select('id').execute()
    const answers = await Promise.all([post([a.id, b.id]), post([b.id, a.id]), post([a.id])])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    expect(new Set(answers.map(({ body }) => body.code))).toEqual(new Set([undefined, 'file-taken']))
    const after = await api.context.db.selectFrom('request').select('id').execute()
    expect(after.length - before.length).toBe(1)
  })

  test('the same Idempotency-Key finds the request with its files, and refuses others', async () => {
    const key = { 'idempotency-key': 'with-files' }
    const draft = await uploaded('once')
    const first = await post([draft.id], key)
    const second = await post([draft.id], key)
    expect([first.status, second.status]).toEqual([201, 200])
    expect(second.body.id).toBe(first.body.id)
    // Uploaded anew, for the answer to the first upload was lost.
    const same = await uploaded('once')
    expect((await post([same.id], key)).body.id).toBe(first.body.id)
    const other = await uploaded('twice')
    expect((await post([other.id], key)).body.code).toBe('idempotency-conflict')
    expect((await post([], key)).body.code).toBe('idempotency-conflict')
  })

  test('ten calls at once with one Idempotency-Key make one request', async () => {
    const draft = await uploaded('many')
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => post([draft.id], { 'idempotency-key': 'files-at-once' })),
    )
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  })

  test('an empty file, one that is too large and one without a fitting name are refused with a word', async () => {
    const empty = await upload(requester, '', { name: 'empty.pdf' })
    expect([empty.status, empty.body.code]).toEqual([422, 'file-empty'])
    expect(empty.body.detail).toContain('empty.pdf')
    expect((await upload(requester, Buffer.alloc(10 * MB, 1))).status).toBe(201)
    const large = await upload(requester, Buffer.alloc(10 * MB + 1, 1))
    expect([large.status, large.body.code, large.body.values]).toEqual([
      413,
      'file-too-large',
      { limit: '10' },
    ])
    expect((await upload(requester, 'x', { name: 'x'.repeat(256) })).status).toBe(400)
    // Letters that take more room once they are composed (NFC).
    expect((await upload(requester, 'x', { name: '\u0958'.repeat(255) })).status).toBe(201)
    await removeDrafts()
  })

  test('a request has at most ten files, of 25 MB together', async () => {
    const small = []
    for (let count = 0; count < 11; count += 1) small.push((await uploaded(`file ${count}`)).id)
    const many = await post(small)
    expect([many.status, many.body.code]).toEqual([422, 'files-too-many'])
    expect((await post(small.slice(0, 10))).status).toBe(201)
    const large = []
    for (let count = 0; count < 3; count += 1) {
      large.push((await uploaded(Buffer.alloc(9 * MB, count))).id)
    }
    const heavy = await post(large)
    expect([heavy.status, heavy.body.code]).toEqual([422, 'files-too-large'])
    expect((await post(large.slice(0, 2))).status).toBe(201)
    await removeDrafts()
  })

  test('drafts of one person have at most 50 MB, however many arrive at once', async () => {
    for (let count = 0; count < 4; count += 1) await uploaded(Buffer.alloc(10 * MB, count))
    const last = await Promise.all([1, 2].map((one) => upload(requester, Buffer.alloc(6 * MB, one))))
    expect(last.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(last.find(({ status }) => status === 409)?.body.code).toBe('file-drafts-full')
    expect((await upload(manager, 'x')).status).toBe(201)
    await removeDrafts()
  })

  test('a process says whether files are wanted', async () => {
    const definition = (attachments: string) => `
name: ${attachments}-files
title: Files
requestTitle: Files
attachments: ${attachments}
fields:
  - { name: decision, type: choice, label: Decision, filledBy: approver }
steps:
  - name: ask
    title: Ask
    assignee: manager
    question:
      text: Well?
      returnField: decision
      choices:
        - { result: YES, label: Yes, keywords: ["yes"], next: done }
endings: { done: Done }
`
    for (const rule of ['none', 'required']) {
      await importProcess(api.context, { definition: definition(rule), mailbox: null })
    }
    const draft = await uploaded('x')
    const with_ = (process: string, files: string[]) => post(files, {}, requester, { process, data: {} })
    expect((await with_('none-files', [draft.id])).body.code).toBe('files-not-allowed')
    expect((await with_('none-files', [])).status).toBe(201)
    expect((await with_('required-files', [])).body.code).toBe('file-required')
    expect((await with_('required-files', [draft.id])).status).toBe(201)
    const form = await api.call(requester, 'GET', '/api/processes/required-files/form')
    expect(form.body.attachments).toBe('required')
  })

  const erase = () => eraseFiles(api.context, new AbortController().signal)

  test('a draft that no request has named is erased after a day', async () => {
    await removeDrafts()
    const draft = await uploaded('left')
    now += DAY_MS - 1
    expect((await erase()).drafts).toBe(0)
    now += 1
    expect((await erase()).drafts).toBe(1)
    expect((await post([draft.id])).body.code).toBe('file-not-found')
  })

  test('files are erased once their request is over for as long as its mailbox keeps messages', async () => {
    const { settings } = await api.context.db.selectFrom('mailbox').selectAll().executeTakeFirstOrThrow()
    const keepFor = (keepMessagesDays: number | null) =>
      api.context.db
        .updateTable('mailbox')
        .set({ settings: JSON.stringify({ ...settings, keepMessagesDays }) })
        .execute()
    await keepFor(null)
    const draft = await uploaded('secret')
    const { id } = (await post([draft.id])).body
    const open = await uploaded('still asked about')
    const waiting = (await post([open.id])).body
    await api.call(requester, 'POST', `/api/requests/${id}/cancel`)
    now += 31 * DAY_MS
    expect((await erase()).files).toBe(0)
    await keepFor(32)
    expect((await erase()).files).toBe(0)
    await keepFor(30)
    expect((await erase()).files).toBeGreaterThan(0)
    expect((await erase()).files).toBe(0)

    const at = new Date(now).toISOString()
    expect((await api.call(requester, 'GET', `/api/requests/${id}`)).body.files).toEqual([
      { ...draft, erasedAt: at },
    ])
    const gone = await download(requester, id, draft.id)
    expect([gone.statusCode, JSON.parse(gone.body)]).toMatchObject([
      410,
      { code: 'file-erased', values: { at } },
    ])
    expect((await download(requester, waiting.id, open.id)).body).toBe('still asked about')
    expect((await verifyAudit(api.context.db, { requestId: id })).broken).toEqual([])
  })
})
