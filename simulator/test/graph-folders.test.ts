import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { control } from './support/ews-client.ts'
import { mail } from './support/ews-requests.ts'
import { approvals, errorOf, type GraphClient, graphClient, query } from './support/graph-client.ts'

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

const createIn = (place: string, displayName: string) => graph.post(place, { body: { displayName } })
const inInbox = '/mailFolders/inbox/childFolders'

describe('a folder', () => {
  it('is found by its well-known name and by its id', async () => {
    await control(simulator, 'POST', `/mailboxes/${approvals}/messages`, mail({ From: 'a@b.example' }))
    const named = await graph.get('/mailFolders/Inbox')
    expect(named.json).toMatchObject({
      displayName: 'Inbox',
      totalItemCount: 1,
      unreadItemCount: 1,
      childFolderCount: 0,
      isHidden: false,
    })
    expect((await graph.get(`/mailFolders/${named.json.id}`)).json).toEqual(named.json)
    expect((await graph.get('/mailFolders/sentitems?$select=displayName')).json).toEqual({
      id: expect.any(String),
      displayName: 'Sent Items',
    })
    expect(errorOf(await graph.get('/mailFolders/Processed'))).toEqual([400, 'ErrorInvalidIdMalformed'])
    expect(errorOf(await graph.get('/mailFolders/inbox?$select=colour'))).toEqual([
      400,
      'RequestBroker--ParseUri',
    ])
  })

  it('is made once in another one', async () => {
    const made = await createIn(inInbox, 'Processed')
    expect(made.status).toBe(201)
    const inbox = (await graph.get('/mailFolders/inbox')).json
    expect(made.json).toMatchObject({ displayName: 'Processed', parentFolderId: inbox.id })
    expect(inbox.childFolderCount).toBe(1)
    const again = await createIn(inInbox, 'processed')
    expect(errorOf(again)).toEqual([409, 'ErrorFolderExists'])
    expect(again.json.error.message).toBe('A folder with the specified name already exists.')
    expect((await createIn(`/mailFolders/${made.json.id}/childFolders`, 'Processed')).status).toBe(201)
    expect(errorOf(await createIn(inInbox, ''))).toEqual([400, 'RequestBodyRead'])
  })

  it('is found by name among the others', async () => {
    for (const name of ["It's done", 'Processed', 'Other']) await createIn(inInbox, name)
    const named = async (filter: string) =>
      (await graph.get(`${inInbox}${query({ $filter: filter })}`)).json.value.map(
        ({ displayName }: { displayName: string }) => displayName,
      )
    expect(await named("displayName eq 'processed'")).toEqual(['Processed'])
    expect(await named("displayName eq 'It''s done'")).toEqual(["It's done"])
    expect(await named("displayName eq 'Absent'")).toEqual([])
    expect(errorOf(await graph.get(`${inInbox}${query({ $filter: "id eq 'x'" })}`))).toEqual([
      400,
      'BadRequest',
    ])
  })

  it('may stand on top, behind the first page of ten', async () => {
    for (let number = 1; number <= 6; number += 1) await createIn('/mailFolders', `Own ${number}`)
    const first = (await graph.get('/mailFolders')).json
    expect(first.value).toHaveLength(10)
    const second = (await graph.get(first['@odata.nextLink'])).json
    const names = [...first.value, ...second.value].map(({ displayName }) => displayName)
    expect(names).toEqual(expect.arrayContaining(['Inbox', 'Drafts', 'Junk Email', 'Own 1', 'Own 6']))
    expect(second).not.toHaveProperty(['@odata.nextLink'])
    expect(new Set(names).size).toBe(12)
  })
})
