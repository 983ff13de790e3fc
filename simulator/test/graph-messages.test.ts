import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { control } from './support/ews-client.ts'
import { mail } from './support/ews-requests.ts'
import {
  approvals,
  errorOf,
  type GraphClient,
  graphClient,
  immutable,
  query,
} from './support/graph-client.ts'

let simulator: Simulator
let graph: GraphClient
beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  graph = await graphClient(simulator)
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

const deliver = (fields: Record<string, string>, body?: string) =>
  control<{ id: string }>(
    simulator,
    'POST',
    `/mailboxes/${approvals}/messages`,
    mail({ From: 'anna.novak@fabrikam.example', To: approvals, ...fields }, body),
  )

/** Messages with the subjects 1 to `count`, a minute apart. */
async function deliverMany(count: number) {
  for (let number = 1; number <= count; number += 1) {
    await deliver({ Subject: String(number), 'Message-ID': `<${number}@fabrikam.example>` })
    await control(simulator, 'POST', '/clock', { advanceMs: 60_000 })
  }
}

const inbox = '/mailFolders/inbox/messages'
const list = (options: Record<string, string> = {}, headers = {}) =>
  graph.get(`${inbox}${query(options)}`, { headers })
const subjects = ({ json }: { json: { value: { subject: string }[] } }) =>
  json.value.map(({ subject }) => subject)
const onlyId = async (headers = {}) => (await list({}, headers)).json.value[0].id as string

describe('a list of messages', () => {
  it('comes newest first, ten on a page, with a link to the rest', async () => {
    await deliverMany(12)
    const first = await list({ $select: 'subject', $count: 'true' })
    expect(subjects(first)).toEqual(['12', '11', '10', '9', '8', '7', '6', '5', '4', '3'])
    expect(first.json['@odata.count']).toBe(12)
    const second = await graph.get(first.json['@odata.nextLink'])
    expect(subjects(second)).toEqual(['2', '1'])
    expect(second.json).not.toHaveProperty(['@odata.nextLink'])
    expect(subjects(await list({ $top: '3', $skip: '9' }))).toEqual(['3', '2', '1'])
    expect(errorOf(await list({ $top: '1001' }))).toEqual([400, 'BadRequest'])
  })

  it('is filtered', async () => {
    await deliverMany(4)
    const all = (await list({ $select: 'receivedDateTime,subject' })).json.value
    const received = Object.fromEntries(
      all.map((one: { subject: string; receivedDateTime: string }) => [one.subject, one.receivedDateTime]),
    )
    await graph.patch(`/messages/${all[0].id}`, { body: { isRead: true, categories: ['Done'] } })
    const expectations: [string, string[]][] = [
      ["internetMessageId eq '<2@fabrikam.example>'", ['2']],
      ['isRead eq false', ['3', '2', '1']],
      ['isRead ne false', ['4']],
      [`receivedDateTime ge ${received['3']}`, ['4', '3']],
      [`receivedDateTime gt ${received['3']}`, ['4', '3']], // a fraction of a second is in the store, not in the answer
      [`receivedDateTime le ${received['2']}`, ['1']],
      [`receivedDateTime ge ${received['2']} and isRead eq false`, ['3', '2']],
      ["subject eq '1' or subject eq '4'", ['4', '1']],
      ["not (subject eq '1' or subject eq '4')", ['3', '2']],
      ["startswith(subject,'3')", ['3']],
      ["from/emailAddress/address eq 'ANNA.NOVAK@fabrikam.example' and subject lt '3'", ['2', '1']],
      ["categories/any(c:c eq 'Done')", ['4']],
      [
        "singleValueExtendedProperties/Any(ep: ep/id eq 'String 0x1035' and ep/value eq '<3@fabrikam.example>')",
        ['3'],
      ],
    ]
    for (const [$filter, expected] of expectations) {
      expect([$filter, subjects(await list({ $filter }))]).toEqual([$filter, expected])
    }
  })

  it.each([
    'isRead',
    'isRead eq',
    'isRead eq false and',
    '(isRead eq false',
    'isRead eq false)',
    'isRead is false',
    "isRead eq 'false'",
    "receivedDateTime ge '2026-01-01'",
    "colour eq 'red'",
    "subject eq 'unfinished",
    `${'('.repeat(30)}isRead eq true${')'.repeat(30)}`,
    Array.from({ length: 200 }, () => 'isRead eq true').join(' or '),
  ])('has no filter %s', async ($filter) => {
    expect(errorOf(await list({ $filter }))).toEqual([400, 'BadRequest'])
  })

  it('is sorted by what its filter begins with', async () => {
    await deliverMany(3)
    expect(subjects(await list({ $orderby: 'receivedDateTime asc' }))).toEqual(['1', '2', '3'])
    expect(subjects(await list({ $orderby: 'subject desc' }))).toEqual(['3', '2', '1'])
    const $orderby = 'receivedDateTime'
    expect(errorOf(await list({ $orderby, $filter: 'isRead eq false' }))).toEqual([400, 'InefficientFilter'])
    const late = 'isRead eq false and receivedDateTime ge 2020-01-01T00:00:00Z'
    expect(errorOf(await list({ $orderby, $filter: late }))).toEqual([400, 'InefficientFilter'])
    const $filter = 'receivedDateTime ge 2020-01-01T00:00:00Z and isRead eq false'
    expect(subjects(await list({ $orderby, $filter }))).toEqual(['1', '2', '3'])
    expect(errorOf(await list({ $orderby: 'colour' }))).toEqual([400, 'BadRequest'])
  })

  it('has the properties that are selected, and always the id', async () => {
    await deliver({ Subject: 'x' })
    const { json } = await list({ $select: 'subject,isRead' })
    expect(json.value).toEqual([
      {
        '@odata.etag': expect.stringMatching(/^W\/".+"$/),
        id: expect.any(String),
        subject: 'x',
        isRead: false,
      },
    ])
    expect(errorOf(await list({ $select: 'subjekt' }))).toEqual([400, 'RequestBroker--ParseUri'])
    expect(errorOf(await list({ $searc: 'x' }))).toEqual([400, 'BadRequest'])
  })

  it('is that of the whole mailbox without a folder', async () => {
    await deliver({ Subject: 'received' })
    await graph.post('/messages', { body: { subject: 'draft' } })
    expect(subjects(await graph.get('/messages?$select=subject')).sort()).toEqual(['draft', 'received'])
    expect(errorOf(await graph.get('/mailFolders/elsewhere/messages'))).toEqual([
      400,
      'ErrorInvalidIdMalformed',
    ])
  })
})

describe('a message', () => {
  it('has what Graph tells of it', async () => {
    await deliver(
      {
        From: 'Anna =?utf-8?Q?Nov=C3=A1k?= <anna.novak@fabrikam.example>',
        'Reply-To': 'answers@fabrikam.example',
        Cc: '"B" <b@fabrikam.example>',
        Subject: 'RE: Purchase 42',
        'Message-ID': '<r1@fabrikam.example>',
      },
      'YES\r\n\r\n> Approve?\r\n',
    )
    const { json, status } = await graph.get(`/messages/${await onlyId()}`, {
      headers: { prefer: 'outlook.body-content-type="text"' },
    })
    expect(status).toBe(200)
    expect(json).toMatchObject({
      subject: 'RE: Purchase 42',
      from: { emailAddress: { name: 'Anna Novák', address: 'anna.novak@fabrikam.example' } },
      replyTo: [{ emailAddress: { address: 'answers@fabrikam.example' } }],
      ccRecipients: [{ emailAddress: { name: 'B', address: 'b@fabrikam.example' } }],
      internetMessageId: '<r1@fabrikam.example>',
      isDraft: false,
      isRead: false,
      importance: 'normal',
      bodyPreview: 'YES > Approve?',
      body: { contentType: 'text', content: 'YES\n\n> Approve?\n' },
      receivedDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      parentFolderId: (await graph.get('/mailFolders/inbox')).json.id,
    })
    expect(json).not.toHaveProperty('internetMessageHeaders')
    expect(json).not.toHaveProperty('uniqueBody')
  })

  it('shows headers and its own words on request', async () => {
    await deliver(
      { Subject: 'x', 'X-Twice': 'one', 'x-twice': 'two' },
      'YES\r\n\r\nOn Monday Ann wrote:\r\n> Approve?\r\n',
    )
    const $select = 'internetMessageHeaders,uniqueBody'
    const { json } = await graph.get(`/messages/${await onlyId()}${query({ $select })}`)
    const names = json.internetMessageHeaders.map(({ name }: { name: string }) => name)
    expect(names[0]).toBe('Received')
    expect(names).toContain('Authentication-Results')
    expect(
      json.internetMessageHeaders.filter(({ name }: { name: string }) => /^x-twice$/i.test(name)),
    ).toEqual([
      { name: 'X-Twice', value: 'one' },
      { name: 'x-twice', value: 'two' },
    ])
    const own = await graph.get(`/messages/${json.id}${query({ $select })}`, {
      headers: { prefer: 'outlook.body-content-type="text"' },
    })
    expect(own.json.uniqueBody).toEqual({ contentType: 'text', content: 'YES' })
    expect(json.uniqueBody.contentType).toBe('html')
  })

  it('shows extended properties on request, their tags as Exchange writes them', async () => {
    await deliver({ Subject: 'x' })
    const raw = await graph.get(`/messages/${await onlyId()}/$value`)
    const $expand = `singleValueExtendedProperties($filter=id eq 'Integer 0x0E08' or id eq 'String 0x001A')`
    const { json } = await list({ $select: 'subject', $expand })
    expect(json.value[0].singleValueExtendedProperties).toEqual([
      { id: 'Integer 0xe08', value: String(raw.octets.length) },
      { id: 'String 0x1a', value: 'IPM.Note' },
    ])
    const none = await list({ $expand: `singleValueExtendedProperties($filter=id eq 'String 0x1042')` })
    expect(none.json.value[0]).not.toHaveProperty('singleValueExtendedProperties')
    const wrong = await list({ $expand: `singleValueExtendedProperties($filter=id eq 'Text 0x1042')` })
    expect(errorOf(wrong)).toEqual([400, 'ErrorInvalidProperty'])
  })

  it('comes as it is in MIME', async () => {
    const { id } = await deliver({ Subject: 'x' }, 'Approved, é\r\n')
    const { octets, headers } = await graph.get(`/messages/${await onlyId()}/$value`)
    expect(headers['content-type']).toBe('text/plain')
    const kept = simulator.world().mailboxes.get(approvals)?.items.get(id)?.raw
    expect(octets.equals(kept ?? Buffer.alloc(0))).toBe(true)
  })

  it('is not found under an id that is none, or gone, or of another folder', async () => {
    await deliver({ Subject: 'x' })
    const id = await onlyId()
    expect(errorOf(await graph.get('/messages/AAMk'))).toEqual([400, 'ErrorInvalidIdMalformed'])
    expect(errorOf(await graph.get(`/mailFolders/drafts/messages/${id}`))).toEqual([404, 'ErrorItemNotFound'])
    expect((await graph.get(`${inbox}/${id}`)).status).toBe(200)
    await graph.post(`/messages/${id}/permanentDelete`)
    expect(errorOf(await graph.get(`/messages/${id}`))).toEqual([404, 'ErrorItemNotFound'])
  })
})

describe('a change', () => {
  it('is made and told', async () => {
    await deliver({ Subject: 'x' })
    const id = await onlyId()
    const body = { isRead: true, categories: ['WF processed'] }
    const answer = await graph.patch(`/messages/${id}`, { body })
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({ id, ...body })
    expect((await graph.get(`/messages/${id}`)).json).toMatchObject(body)
  })

  it('is refused when the message has changed since', async () => {
    await deliver({ Subject: 'x' })
    const id = await onlyId()
    const before = (await graph.get(`/messages/${id}`)).json['@odata.etag']
    const patch = (etag: string) =>
      graph.patch(`/messages/${id}`, { body: { isRead: true }, headers: { 'if-match': etag } })
    const changed = await patch(before)
    expect(changed.status).toBe(200)
    expect(errorOf(await patch(before))).toEqual([412, 'ErrorIrresolvableConflict'])
    expect((await patch(changed.json['@odata.etag'])).status).toBe(200)
    expect((await patch('*')).status).toBe(200)
  })

  it('is refused for what cannot be changed, or is no JSON', async () => {
    await deliver({ Subject: 'x' })
    const id = await onlyId()
    for (const body of [{ isRead: 'yes' }, { colour: 'red' }, '[]', '{']) {
      expect(errorOf(await graph.patch(`/messages/${id}`, { body }))).toEqual([400, 'RequestBodyRead'])
    }
    expect((await graph.get(`/messages/${id}`)).json.isRead).toBe(false)
  })

  it('can be an own property, which a filter finds', async () => {
    await deliver({ Subject: 'x' })
    await deliver({ Subject: 'y' })
    const id = await onlyId()
    const property = 'String {6B1F6A0C-1F6E-4B0E-9A6E-3F2B1C7D9E10} Name WfRequestKey'
    await graph.patch(`/messages/${id}`, {
      body: { singleValueExtendedProperties: [{ id: property, value: 'WF-42:7f3a' }] },
    })
    const $filter = `singleValueExtendedProperties/any(ep: ep/id eq '${property}' and ep/value eq 'WF-42:7f3a')`
    const $expand = `singleValueExtendedProperties($filter=id eq '${property}')`
    const { json } = await list({ $filter, $expand })
    expect(json.value).toMatchObject([{ id, singleValueExtendedProperties: [{ value: 'WF-42:7f3a' }] }])
    expect(json.value).toHaveLength(1)
  })
})

describe('a move', () => {
  it('changes the usual id and keeps the immutable one', async () => {
    await deliver({ Subject: 'x' })
    const before = { usual: await onlyId(), immutable: await onlyId(immutable) }
    const moved = await graph.post(`/messages/${before.immutable}/move`, {
      body: { destinationId: 'deleteditems' },
      headers: immutable,
    })
    expect([moved.status, moved.json.id]).toEqual([201, before.immutable])
    expect(errorOf(await graph.get(`/messages/${before.usual}`))).toEqual([404, 'ErrorItemNotFound'])
    const after = (await graph.get(`/messages/${before.immutable}`)).json
    expect(after.id).not.toBe(before.usual)
    expect(after.parentFolderId).toBe((await graph.get('/mailFolders/deleteditems')).json.id)
    const back = await graph.post(`/messages/${after.id}/move`, { body: { destinationId: 'inbox' } })
    expect(back.json.id).not.toBe(after.id)
  })

  it('needs a folder that is there', async () => {
    await deliver({ Subject: 'x' })
    const move = async (destinationId: string) =>
      errorOf(await graph.post(`/messages/${await onlyId()}/move`, { body: { destinationId } }))
    expect(await move('nowhere')).toEqual([400, 'ErrorInvalidIdMalformed'])
    const { id } = (await graph.get('/mailFolders/inbox')).json
    const flipped = id.slice(-6) === 'AAAAA=' ? id : `${id.slice(0, -8)}AAAAAA==`
    expect(await move(flipped)).toEqual([404, 'ErrorItemNotFound'])
  })

  it('leaves the message where it was when it is a copy, which has ids of its own', async () => {
    await deliver({ Subject: 'x' })
    const id = await onlyId(immutable)
    expect(await onlyId({ prefer: 'IdType="SomethingElse"' })).not.toBe(id)
    const copy = await graph.post(`/messages/${id}/copy`, {
      body: { destinationId: 'drafts' },
      headers: immutable,
    })
    expect(copy.status).toBe(201)
    expect(copy.json.id).not.toBe(id)
    expect((await graph.get(`${inbox}/${id}`)).status).toBe(200)
    expect((await graph.get(`/mailFolders/drafts/messages/${copy.json.id}`)).status).toBe(200)
  })
})

describe('deleting', () => {
  it('puts a message into Deleted Items first', async () => {
    await deliver({ Subject: 'x' })
    const id = await onlyId(immutable)
    expect((await graph.delete(`/messages/${id}`)).status).toBe(204)
    expect((await graph.get(`/mailFolders/deleteditems/messages/${id}`)).status).toBe(200)
    expect((await graph.delete(`/messages/${id}`)).status).toBe(204)
    expect(errorOf(await graph.delete(`/messages/${id}`))).toEqual([404, 'ErrorItemNotFound'])
  })

  it('can be for good', async () => {
    await deliver({ Subject: 'x' })
    const id = await onlyId(immutable)
    expect((await graph.post(`/messages/${id}/permanentDelete`)).status).toBe(204)
    expect(errorOf(await graph.get(`/messages/${id}`))).toEqual([404, 'ErrorItemNotFound'])
  })
})

describe('translateExchangeIds', () => {
  it('turns the ids of EWS into those of Graph and back', async () => {
    const { id: ewsId } = await deliver({ Subject: 'x' })
    const [restId, stable] = [await onlyId(), await onlyId(immutable)]
    const translate = async (inputIds: string[], sourceIdType: string, targetIdType: string) =>
      (await graph.post('/translateExchangeIds', { body: { inputIds, sourceIdType, targetIdType } })).json
        .value
    expect(restId).toBe(ewsId.replaceAll('/', '-').replaceAll('+', '_'))
    expect(await translate([ewsId], 'ewsId', 'restId')).toEqual([{ sourceId: ewsId, targetId: restId }])
    expect(await translate([ewsId], 'ewsId', 'restImmutableEntryId')).toEqual([
      { sourceId: ewsId, targetId: stable },
    ])
    const [{ targetId: entryId }] = await translate([stable], 'restImmutableEntryId', 'entryId')
    expect(await translate([entryId], 'entryId', 'ewsId')).toEqual([{ sourceId: entryId, targetId: ewsId }])
    expect(await translate(['nonsense', restId], 'restId', 'ewsId')).toEqual([
      {
        sourceId: 'nonsense',
        errorDetails: { code: 'ErrorInvalidIdMalformed', message: 'Id is malformed.' },
      },
      { sourceId: restId, targetId: ewsId },
    ])
    const many = { inputIds: Array(1001).fill(restId), sourceIdType: 'restId', targetIdType: 'ewsId' }
    expect((await graph.post('/translateExchangeIds', { body: many })).status).toBe(400)
  })
})
