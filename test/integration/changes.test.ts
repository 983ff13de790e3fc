import { afterAll, beforeAll, expect, test } from 'vitest'
import { importPeople } from '../../src/approvals/commands/import-people.ts'
import { signedIn } from '../support/browser-session.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { type Purchases, purchasesOn } from '../support/purchases.ts'
import { openSampleApi, people, type SampleApi } from '../support/sample-api.ts'
import { eventsOf, type Heard } from '../support/server-events.ts'
import { type StoredReplies, storedReplies } from '../support/stored-replies.ts'

interface Listening extends AsyncDisposable {
  /** The next event that is no beat; null at the end of the stream. */
  next(): Promise<Heard | null>
}

describeOnBothDatabases('what changes', (open) => {
  let api: SampleApi
  let purchases: Purchases
  let replies: StoredReplies
  beforeAll(async () => {
    api = await openSampleApi(await open())
    purchases = purchasesOn(api.context)
    replies = storedReplies(api.context)
    await api.server.listen({ host: '127.0.0.1', port: 0 })
  })
  afterAll(async () => {
    // A fetch that was aborted leaves a connection that it opened for nothing, and closing would wait for it.
    api.server.server.closeAllConnections()
    await api.close()
  })

  async function cookieOf(address: string): Promise<string> {
    return (await signedIn(api, address)).cookie ?? ''
  }

  const stream = (cookie: string, signal?: AbortSignal) =>
    fetch(`${api.server.listeningOrigin}/api/changes`, { headers: { cookie }, signal: signal ?? null })

  /** Somebody who listens, after the event that says to ask for everything. */
  async function listen(cookie: string): Promise<Listening> {
    const leaving = new AbortController()
    const events = eventsOf(await stream(cookie, leaving.signal))
    const next = async () => {
      for (;;) {
        const { value } = await events.next()
        if (value?.event !== 'beat') return value ?? null
      }
    }
    expect(await next()).toMatchObject({ event: 'ask-again', data: {} })
    return { next, [Symbol.asyncDispose]: async () => leaving.abort() }
  }

  test('are told to whom they concern, with the numbers of what they may see and nothing else', async () => {
    await using requester = await listen(await cookieOf(people.requester))
    await using manager = await listen(await cookieOf(people.manager))
    await using finance = await listen(await cookieOf(people.finance))
    await using auditor = await listen(await cookieOf(people.administrator))

    const { requestId, reference } = await replies.ask()
    const requests = [requestId]
    const own = { event: 'changed', id: '', data: { toDo: false, ownRequests: true, requests } }
    const toDo = { event: 'changed', id: '', data: { toDo: true, ownRequests: false, requests } }
    const seen = { event: 'changed', id: '', data: { toDo: false, ownRequests: false, requests } }
    expect(await requester.next()).toEqual(own)
    expect(await manager.next()).toEqual(toDo)
    expect(await auditor.next()).toEqual(seen)

    // Finance was told of nothing before it is asked; a reply by mail is a change like any other.
    await replies.reply(reference, 'Oui')
    expect(await finance.next()).toEqual(toDo)
    expect(await requester.next()).toEqual(own)
    expect(await manager.next()).toEqual(toDo)

    // Who is no longer asked may not see the request: they hear that their list is another, not of which request.
    const open = (await purchases.actionsOf(requestId)).find(({ status }) => status === 'open')
    await purchases.reassign(open?.id ?? '', people.manager, people.administrator)
    expect(await finance.next()).toEqual({ ...toDo, data: { ...toDo.data, requests: [] } })
    const theirs = await api.call(await api.tokenFor(people.finance), 'GET', `/api/requests/${requestId}`)
    expect(theirs.status).toBe(404)
  })

  test('are told to browsers alone, and end with the session', async () => {
    for (const headers of [{}, { authorization: `Bearer ${await api.tokenFor(people.manager)}` }]) {
      const refused = await fetch(`${api.server.listeningOrigin}/api/changes`, { headers })
      expect(await refused.json()).toMatchObject({ code: 'not-signed-in' })
    }
    const browser = await signedIn(api, people.manager)
    await using manager = await listen(browser.cookie ?? '')
    await browser.call('DELETE', '/api/session')
    expect(await manager.next()).toMatchObject({ event: 'signed-out', data: {} })
    expect(await manager.next()).toBeNull()
  })

  test('end with whoever leaves the organisation, and begin anew for who gets another role', async () => {
    const [member, leaver] = ['mara@contoso.example', 'leo@contoso.example']
    const change = (address: string, more: object) =>
      importPeople(api.context, JSON.stringify({ people: [{ address, name: 'Somebody', ...more }] }))
    for (const address of [member, leaver]) await change(address, {})
    await using promoted = await listen(await cookieOf(member))
    await using left = await listen(await cookieOf(leaver))
    await change(member, { role: 'auditor' })
    await change(leaver, { active: false })
    expect(await promoted.next()).toBeNull()
    expect(await left.next()).toMatchObject({ event: 'signed-out' })
  })

  test('are told to ten pages of a person at once, and to another when one is closed', async () => {
    const cookie = await cookieOf(people.stranger)
    const streams = await Promise.all(Array.from({ length: 10 }, () => listen(cookie)))
    expect(await (await stream(cookie)).json()).toMatchObject({ code: 'too-busy' })
    await streams.pop()?.[Symbol.asyncDispose]()
    await expect
      .poll(async () => {
        const leaving = new AbortController()
        const { status } = await stream(cookie, leaving.signal)
        leaving.abort()
        return status
      })
      .toBe(200)
    for (const open of streams) await open[Symbol.asyncDispose]()
  })

  test('a server that closes ends the streams', async () => {
    const other = await openSampleApi(await open())
    await other.server.listen({ host: '127.0.0.1', port: 0 })
    const { cookie } = await signedIn(other, people.manager)
    const events = eventsOf(
      await fetch(`${other.server.listeningOrigin}/api/changes`, { headers: { cookie: cookie ?? '' } }),
    )
    await events.next()
    const closed = other.close()
    expect(await events.next()).toMatchObject({ done: true })
    await closed
  })
})
