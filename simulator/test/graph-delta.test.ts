import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { control } from './support/ews-client.ts'
import { mail } from './support/ews-requests.ts'
import {
  approvals,
  errorOf,
  type GraphAnswer,
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

const delta = '/mailFolders/inbox/messages/delta'

async function deliver(...subjects: string[]) {
  for (const Subject of subjects) {
    const raw = mail({ From: 'anna.novak@fabrikam.example', Subject })
    await control(simulator, 'POST', `/mailboxes/${approvals}/messages`, raw)
  }
}

interface Entry {
  id: string
  subject?: string
  isRead?: boolean
  '@removed'?: { reason: string }
}

/** Follows the links to the end of a round. */
async function walk(start: string, headers: Record<string, string> = immutable) {
  const pages: Entry[][] = []
  let next: string | undefined = start
  let link = ''
  while (next) {
    const { json }: GraphAnswer = await graph.get(next, { headers })
    pages.push(json.value)
    expect(Object.keys(json).filter((name) => /Link$/.test(name))).toHaveLength(1)
    link = json['@odata.deltaLink']
    next = json['@odata.nextLink']
  }
  return { pages, entries: pages.flat(), link }
}
const subjectsOf = (entries: Entry[]) => entries.map(({ subject }) => subject)
const messageId = async (subject: string) =>
  (await graph.get(`/messages${query({ $filter: `subject eq '${subject}'` })}`, { headers: immutable })).json
    .value[0].id as string

describe('delta', () => {
  it('gives all messages once, and then nothing until something happens', async () => {
    await deliver('1', '2', '3')
    const first = await walk(`${delta}?$select=subject`)
    expect(subjectsOf(first.entries)).toEqual(['1', '2', '3'])
    expect(first.entries[0]).toEqual({
      '@odata.type': '#microsoft.graph.message',
      '@odata.etag': expect.any(String),
      id: await messageId('1'),
      subject: '1',
    })
    const quiet = await walk(first.link)
    expect(quiet.entries).toEqual([])
    await deliver('4')
    expect(subjectsOf((await walk(quiet.link)).entries)).toEqual(['4'])
    expect(subjectsOf((await walk(first.link)).entries)).toEqual(['4']) // a link can be followed again
  })

  it('comes in pages as large as is preferred', async () => {
    await deliver('1', '2', '3', '4', '5')
    const { pages } = await walk(delta, { prefer: 'odata.maxpagesize=2, IdType="ImmutableId"' })
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 1])
    expect((await walk(`${delta}?$top=4`)).pages.map(({ length }) => length)).toEqual([4, 1])
    expect((await walk(delta)).pages).toHaveLength(1)
  })

  it('tells what changed, of the read flag that alone, and what is gone', async () => {
    await deliver('read', 'marked', 'moved', 'deleted')
    const { link } = await walk(delta)
    const ids = Object.fromEntries(
      await Promise.all(
        ['read', 'marked', 'moved', 'deleted'].map(async (name) => [name, await messageId(name)]),
      ),
    )
    await graph.patch(`/messages/${ids.read}`, { body: { isRead: true } })
    await graph.patch(`/messages/${ids.marked}`, { body: { categories: ['WF'] } })
    await graph.post(`/messages/${ids.moved}/move`, { body: { destinationId: 'drafts' } })
    await graph.post(`/messages/${ids.deleted}/permanentDelete`)
    const { entries } = await walk(link)
    const type = { '@odata.type': '#microsoft.graph.message' }
    expect(entries).toEqual([
      { ...type, '@odata.etag': expect.any(String), id: ids.read, isRead: true },
      expect.objectContaining({ id: ids.marked, subject: 'marked', categories: ['WF'] }),
      { ...type, id: ids.moved, '@removed': { reason: 'deleted' } },
      { ...type, id: ids.deleted, '@removed': { reason: 'deleted' } },
    ])
  })

  it('ends with a message that came back, under its immutable id', async () => {
    await deliver('back')
    const { link } = await walk(delta)
    const id = await messageId('back')
    for (const destinationId of ['drafts', 'inbox'])
      await graph.post(`/messages/${id}/move`, { body: { destinationId } })
    const { entries } = await walk(link)
    expect(entries.map((entry) => [entry.id === id, '@removed' in entry])).toEqual([
      [true, true],
      [true, false],
    ])
  })

  it('keeps the query options in its links, and not the headers', async () => {
    await deliver('1', '2')
    const $expand = `singleValueExtendedProperties($filter=id eq 'String 0x1A')`
    const start = `${delta}${query({ $select: 'subject', $expand, $top: '1' })}`
    const first = (await graph.get(start, { headers: immutable })).json
    expect(first.value[0].id).toBe(await messageId('1'))
    const second = (await graph.get(first['@odata.nextLink'])).json
    expect(second.value[0]).toMatchObject({
      subject: '2',
      singleValueExtendedProperties: [{ id: 'String 0x1a', value: 'IPM.Note' }],
    })
    expect(second.value[0]).not.toHaveProperty('isRead')
    expect(second.value[0].id).not.toBe(await messageId('2'))
    expect(errorOf(await graph.get(`${first['@odata.nextLink']}&$select=body`))).toEqual([400, 'BadRequest'])
  })

  it('can be asked for one kind of change', async () => {
    await deliver('old')
    const rounds = await Promise.all(
      ['created', 'updated', 'deleted'].map((type) => walk(`${delta}?changeType=${type}&$select=subject`)),
    )
    expect(rounds.map(({ entries }) => subjectsOf(entries))).toEqual([['old'], [], []])
    const old = await messageId('old')
    await deliver('new', 'gone')
    const later = await Promise.all(
      ['created', 'updated', 'deleted'].map((type) => walk(`${delta}?changeType=${type}&$select=subject`)),
    )
    await graph.patch(`/messages/${old}`, { body: { isRead: true } })
    const gone = await messageId('gone')
    await graph.post(`/messages/${gone}/permanentDelete`)
    const ids = await Promise.all(
      later.map(async ({ link }) => (await walk(link)).entries.map(({ id }) => id)),
    )
    expect(ids).toEqual([[], [old], [gone]])
    expect(errorOf(await graph.get(`${delta}?changeType=moved`))).toEqual([400, 'BadRequest'])
  })

  it('has one filter, and then follows 5,000 messages at most', async () => {
    await deliver('early')
    await control(simulator, 'POST', '/clock', { advanceMs: 3_600_000 })
    graph = await graphClient(simulator)
    const now = (await control<{ now: string }>(simulator, 'GET', '/clock')).now.replace(/\.\d+/, '')
    await deliver('late')
    const filtered = ($filter: string) => walk(`${delta}${query({ $filter, $select: 'subject' })}`)
    expect(subjectsOf((await filtered(`receivedDateTime ge ${now}`)).entries)).toEqual(['late'])
    expect(subjectsOf((await filtered('receivedDateTime gt 2020-01-01T00:00:00Z')).entries)).toEqual([
      'early',
      'late',
    ])
    for (const $filter of [
      'isRead eq false',
      `receivedDateTime le ${now}`,
      `receivedDateTime ge ${now} and isRead eq true`,
    ])
      expect(errorOf(await graph.get(`${delta}${query({ $filter })}`))).toEqual([400, 'ErrorInvalidUrlQuery'])
    for (let left = 4999; left > 0; left -= 100) {
      await deliver(...Array.from({ length: Math.min(left, 100) }, () => 'many'))
    }
    const all = await walk(
      `${delta}${query({ $filter: 'receivedDateTime ge 2020-01-01T00:00:00Z', $select: 'subject', $top: '1000' })}`,
    )
    expect(subjectsOf(all.entries)).toHaveLength(5000)
    expect(subjectsOf(all.entries)).not.toContain('early')
  })

  it('repeats messages across pages when it is told to', async () => {
    await deliver('1', '2', '3')
    await control(simulator, 'POST', '/tenant', { graph: { deltaRepeats: true } })
    const { pages } = await walk(`${delta}?$select=subject&$top=1`)
    expect(pages.map(subjectsOf)).toEqual([['1'], ['1', '2'], ['2', '3']])
  })

  it('has to be started anew when the states are lost', async () => {
    await deliver('1')
    const { link } = await walk(`${delta}?$select=subject`)
    await control(simulator, 'DELETE', `/mailboxes/${approvals}/sync-states`)
    const lost = await graph.get(link)
    expect(errorOf(lost)).toEqual([410, 'SyncStateNotFound'])
    expect(lost.headers.location).toMatch(/\/delta\?.*deltatoken=$/i)
    const again = await walk(String(lost.headers.location))
    expect(again.entries).toMatchObject([{ subject: '1' }])
    expect(again.entries[0]).not.toHaveProperty('isRead')
  })

  it('refuses a token that is none of this folder', async () => {
    const { link } = await walk(delta)
    const wrong = [`${delta}?$deltatoken=nonsense`, link.replace('/inbox/', '/drafts/')]
    for (const url of wrong) expect(errorOf(await graph.get(url))).toEqual([400, 'SyncStateNotFound'])
  })

  it('meets the faults that are laid for it', async () => {
    const lay = (answer: object) =>
      control(simulator, 'POST', '/faults', { operation: 'MessageDelta', times: 1, answer })
    await lay({ error: 'syncStateNotFound', status: 404 })
    expect(errorOf(await graph.get(delta))).toEqual([404, 'syncStateNotFound'])
    await lay({
      error: 'resyncRequired',
      status: 410,
      headers: { location: `${simulator.graphUrl}/elsewhere` },
    })
    const answer = await graph.get(delta)
    expect([...errorOf(answer), answer.headers.location]).toEqual([
      410,
      'resyncRequired',
      `${simulator.graphUrl}/elsewhere`,
    ])
  })
})
