import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Standing, standing as standings } from '../../src/api/routes/messages/standing.ts'
import { newId } from '../../src/lib/new-id.ts'
import type { InboundOutcome } from '../../src/store/schema.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { openSampleApi, people, type SampleApi } from '../support/sample-api.ts'
import { eventsOf, nextEvent } from '../support/server-events.ts'
import { type StoredReplies, storedReplies } from '../support/stored-replies.ts'

interface Item {
  id: string
  direction: string
  state: string
  standing: string
  from?: string
  to?: string
  requestId: number | null
  outcome?: string | null
}

/** Where a reply stands, by what became of it. */
const outcomes: Record<InboundOutcome, Standing> = {
  decided: 'decided',
  'kept-partly': 'asked-back',
  'asked-back': 'asked-back',
  held: 'held',
  rejected: 'rejected',
  commented: 'noted',
  instructed: 'noted',
  late: 'noted',
  automatic: 'ignored',
  duplicate: 'ignored',
  bounce: 'bounced',
}

/** What can stand so. */
const directions: Record<Standing, string[]> = {
  decided: ['inbound'],
  'asked-back': ['inbound'],
  held: ['inbound'],
  rejected: ['inbound'],
  noted: ['inbound'],
  ignored: ['inbound'],
  bounced: ['inbound', 'outbound'],
  dead: ['inbound', 'outbound'],
  waiting: ['inbound', 'outbound'],
  'waiting-for-budget': ['outbound'],
  sent: ['outbound'],
  cancelled: ['outbound'],
}

describeOnBothDatabases('the mail log', (open) => {
  let api: SampleApi
  let administrator: string
  let replies: StoredReplies
  beforeAll(async () => {
    api = await openSampleApi(await open())
    administrator = await api.tokenFor(people.administrator)
    replies = storedReplies(api.context)
  })
  afterAll(async () => {
    // A fetch that was aborted leaves a connection that it opened for nothing, and closing would wait for it.
    api.server.server.closeAllConnections()
    await api.close()
  })

  const get = (url: string, headers = {}) => api.call(administrator, 'GET', url, undefined, headers)
  const list = async (query = ''): Promise<Item[]> =>
    (await get(`/api/messages?limit=200&${query}`)).body.items
  const ids = (items: Item[]) => items.map(({ id }) => id)

  /** A decided reply, one that is asked back, one that nobody can read, and mails in every state. */
  async function fill() {
    const first = await replies.ask()
    const decided = await replies.reply(first.reference, 'Oui\r\n\r\nAvant le 15, merci.\r\n')
    const second = await replies.ask()
    const unclear = await replies.reply(second.reference, 'Oui, si c’est moins de 10 000 €.')
    const [dead = ''] = await replies.store([Buffer.from('no header')])
    const { db } = api.context
    const { id: mailboxId } = await db.selectFrom('mailbox').select('id').executeTakeFirstOrThrow()
    const failed = { mailboxId, attempts: 1, error: '{"code":"ErrorCorruptData","message":""}' }
    const at = new Date()
    const fetches = [null, at].map((nextAttemptAt) => ({
      ...{ ...failed, id: newId(), providerId: newId(), firstFailedAt: at, receivedAt: null, nextAttemptAt },
    }))
    await db.insertInto('failedFetch').values(fetches).execute()
    const states = ['waiting', 'sending', 'unknown', 'sent', 'dead', 'cancelled', 'undelivered'] as const
    for (const state of [...states, 'waiting-for-budget'] as const) {
      const waitsFor = state === 'waiting-for-budget' ? 'sending-budget' : null
      const row = { state: state === 'waiting-for-budget' ? 'waiting' : state, waitsFor } as const
      const common = { id: newId(), mailboxId, kind: 'approval', priority: 1, payload: '{}' } as const
      await db
        .insertInto('outboundMessage')
        .values({
          ...{ ...common, ...row, toAddress: people.finance, nextAttemptAt: at, createdAt: at },
          ...{ sendingSince: at, error: '{"code":"5.1.10","message":"no such user"}' },
        })
        .execute()
    }
    // One of each outcome, each as the reply that decided but for it.
    const like = await db
      .selectFrom('inboundMessage')
      .selectAll()
      .where('id', '=', decided)
      .executeTakeFirst()
    if (!like) throw new Error('the reply is gone')
    for (const outcome of Object.keys(outcomes) as InboundOutcome[]) {
      const fresh = { id: newId(), providerId: newId(), fingerprint: newId() }
      const unread = { reading: null, readAs: null, verdict: null, error: null }
      await db
        .insertInto('inboundMessage')
        .values({ ...like, ...fresh, ...unread, outcome })
        .execute()
    }
    return { first, decided, second, unclear, dead }
  }

  test('shows in and out in one list, filters it by where messages stand, and pages through it', async () => {
    const { decided, unclear, dead, first, second } = await fill()
    const all = await list()
    expect(ids(all)).toEqual(ids(all).sort().reverse())
    expect(new Set(all.map(({ direction }) => direction))).toEqual(new Set(['inbound', 'outbound']))
    const standingOf = (id: string) => all.find((item) => item.id === id)?.standing
    expect([decided, unclear, dead].map(standingOf)).toEqual(['decided', 'asked-back', 'dead'])

    // Each word finds what is shown with it, and nothing else.
    for (const standing of standings.options) {
      const found = await list(`standing=${standing}`)
      expect(ids(found), standing).toEqual(ids(all.filter((item) => item.standing === standing)))
      expect([...new Set(found.map(({ direction }) => direction))].sort(), standing).toEqual(
        directions[standing],
      )
    }
    for (const [outcome, standing] of Object.entries(outcomes)) {
      const found = all.filter((item) => item.outcome === outcome)
      expect(found.length, outcome).toBeGreaterThan(0)
      expect(new Set(found.map((item) => item.standing)), outcome).toEqual(new Set([standing]))
    }
    // Filters narrow one another.
    const theirs = await list(`standing=decided&request=${first.requestId}&person=${people.manager}`)
    expect(ids(theirs)).toContain(decided)
    expect(await list(`standing=decided&request=${first.requestId}&person=${people.finance}`)).toEqual([])
    expect(await list(`standing=held&request=${second.requestId}`)).toEqual([])
    const seen = (standing: string) => all.filter((item) => item.standing === standing)
    expect(
      seen('dead')
        .map(({ state }) => state)
        .sort(),
    ).toEqual(['dead', 'dead', 'unfetched'])
    expect(seen('bounced').map(({ state }) => state)).toContain('undelivered')
    expect(seen('waiting-for-budget')).toMatchObject([{ state: 'waiting', to: people.finance }])

    for (const direction of ['inbound', 'outbound']) {
      expect(ids(await list(`direction=${direction}`))).toEqual(
        ids(all.filter((item) => item.direction === direction)),
      )
    }
    for (const { requestId } of [first, second]) {
      expect(ids(await list(`request=${requestId}`))).toEqual(
        ids(all.filter((item) => item.requestId === requestId)),
      )
    }

    const paged: Item[] = []
    for (let after = ''; ; ) {
      const { items, next } = (await get(`/api/messages?limit=3${after}`)).body
      paged.push(...items)
      if (next === null) break
      after = `&after=${next}`
    }
    expect(ids(paged)).toEqual(ids(all))
  })

  test('finds a person by any of their addresses, and a stranger by theirs', async () => {
    const { reference } = await replies.ask()
    const id = await replies.reply(reference, 'Non')
    const all = await list()
    const theirs = await list(`person=${encodeURIComponent('E.Gagnon@Contoso.example')}`)
    expect(ids(theirs)).toContain(id)
    expect(ids(theirs)).toEqual(
      ids(all.filter(({ from, to }) => from === people.manager || to === people.manager)),
    )
    const stranger = Buffer.from(
      `From: Mallory <mallory@evil.example>\r\nSubject: RE\r\nIn-Reply-To: <${reference}>\r\n\r\nOui`,
    )
    const [forged = ''] = await replies.store([stranger])
    expect(ids(await list('person=mallory@evil.example'))).toEqual([forged])
    expect(await list('person=nobody@nowhere.example')).toEqual([])
  })

  test('a reply is told in words, in the language of whoever looks', async () => {
    const { reference, requestId } = await replies.ask()
    const id = await replies.reply(reference, 'Oui\r\n\r\nAvant le 15, merci.\r\n')
    const english = (await get(`/api/messages/${id}`)).body
    expect(english).toMatchObject({
      request: { id: requestId, status: 'open' },
      decision: { result: 'YES', by: { address: people.manager } },
      next: { number: 2, assignees: [{ address: people.finance }] },
      words: { said: 'YES', matched: { answer: 'the answer' }, regions: { answer: 'answer' } },
      explanation: null,
    })
    const french = (await get(`/api/messages/${id}`, { 'accept-language': 'fr' })).body
    expect(french.words).toMatchObject({ matched: { answer: 'la réponse' }, regions: { answer: 'réponse' } })
    for (const { region, rule } of french.reading.trace) {
      if (region === 'blank') continue
      expect(french.words.regions[region]).toBeTruthy()
      expect(french.words.rules[rule]).toBeTruthy()
    }

    const { reference: other } = await replies.ask()
    const unclear = (await get(`/api/messages/${await replies.reply(other, 'Oui, si c’est moins cher.')}`))
      .body
    expect(unclear).toMatchObject({ decision: null, next: null, words: { said: 'unclear: a condition' } })
  })

  test('what was given up says what to do, a mail of ours what it says', async () => {
    const [dead = ''] = await replies.store([Buffer.from('no header')])
    const french = { 'accept-language': 'fr' }
    expect((await get(`/api/messages/${dead}`, french)).body.explanation).toMatch(/message/)
    const [mail] = await list('standing=dead&direction=outbound')
    expect((await get(`/api/messages/${mail?.id}`)).body).toMatchObject({
      explanation: expect.stringMatching(/\w/),
      text: null,
    })
    const [unfetched] = (await list('standing=dead')).filter(({ state }) => state === 'unfetched')
    expect((await get(`/api/messages/${unfetched?.id}`)).body.explanation).toMatch(/\w/)
  })

  test('its text part is shown with the reply token masked', async () => {
    const { requestId, reference } = await replies.ask()
    const token = reference.split('.')[1] ?? ''
    await api.context.db
      .updateTable('outboundMessage')
      .set({ sentText: `Approve? <${reference}>` })
      .where('requestId', '=', requestId)
      .execute()
    const [mail] = await list(`request=${requestId}&direction=outbound`)
    const view = await get(`/api/messages/${mail?.id}`)
    expect(view.body.text).toMatch(/^Approve\? /)
    expect(view.body.person).toMatchObject({ address: people.manager })
    expect(view.text).not.toContain(token)
  })

  test('tells whoever watches that it is another, and after a break only what they do not know', async () => {
    await api.server.listen({ host: '127.0.0.1', port: 0 })
    const { requestId, reference } = await replies.ask()
    const url = `${api.server.listeningOrigin}/api/messages/events?request=${requestId}`
    const headers = { authorization: `Bearer ${administrator}` }
    const strangers = await fetch(url)
    expect(await strangers.json()).toMatchObject({ code: 'not-signed-in' })

    const watching = new AbortController()
    const answer = await fetch(url, { headers, signal: watching.signal })
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    const events = eventsOf(answer)
    const first = await nextEvent(events)
    await replies.reply(reference, 'Oui')
    const second = await nextEvent(events)
    expect([first.event, second.event]).toEqual(['changed', 'changed'])
    expect(second.id).not.toBe(first.id)
    watching.abort()

    // Whoever comes again hears at once of what they missed, and of nothing when they missed nothing.
    for (const [id, heard] of [
      [first.id, { event: 'changed', id: second.id }],
      [second.id, { event: 'beat', id: '' }],
    ] as const) {
      const again = new AbortController()
      const back = await fetch(url, { headers: { ...headers, 'last-event-id': id }, signal: again.signal })
      expect(await nextEvent(eventsOf(back))).toMatchObject(heard)
      again.abort()
    }
  })

  test('a server that closes ends the streams', async () => {
    const other = await openSampleApi(await open())
    await other.server.listen({ host: '127.0.0.1', port: 0 })
    const answer = await fetch(`${other.server.listeningOrigin}/api/messages/events`, {
      headers: { authorization: `Bearer ${other.operatorToken}` },
    })
    const events = eventsOf(answer)
    await nextEvent(events)
    const closed = other.close()
    expect(await events.next()).toMatchObject({ done: true })
    await closed
  })
})
