import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { all, control, ewsClient, responseCodes } from './support/ews-client.ts'
import { createFolder, mail, moveItem, setIsRead, syncFolderItems } from './support/ews-requests.ts'

const address = 'approvals@contoso.example'
const raw = mail({
  From: 'anna.novak@fabrikam.example',
  To: address,
  Subject: 'x',
  'Message-ID': '<x@fabrikam.example>',
})

let simulator: Simulator
let client: Awaited<ReturnType<typeof ewsClient>>
beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  client = await ewsClient(simulator)
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

const arrive = async () =>
  (await control<{ id: string }>(simulator, 'POST', `/mailboxes/${address}/messages`, raw)).id
const overwrite = { resolution: 'AlwaysOverwrite' }
const junk = '<t:DistinguishedFolderId Id="junkemail"/>'

interface Page {
  state: string
  complete: boolean
  changes: string[]
}

async function sync(state?: string, limit = 512): Promise<Page> {
  const { body } = await client.call(syncFolderItems({ limit, ...(state === undefined ? {} : { state }) }))
  expect(responseCodes(body)).toEqual(['NoError'])
  return {
    state: /<m:SyncState>([^<]+)</.exec(body)?.[1] ?? '',
    complete: body.includes('<m:IncludesLastItemInRange>true<'),
    changes: [...body.matchAll(/<t:(Create|Update|Delete|ReadFlagChange)>.*?Id="([^"]+)"/g)].map(
      ([, kind, id]) => `${kind} ${id}`,
    ),
  }
}

describe('SyncFolderItems', () => {
  it('tells what arrived, was read, was changed and left', async () => {
    const [a, b, c] = [await arrive(), await arrive(), await arrive()]
    const first = await sync()
    expect(first.changes).toEqual([`Create ${a}`, `Create ${b}`, `Create ${c}`])
    await client.call(setIsRead(a, overwrite))
    await client.call(
      setIsRead(b, overwrite)
        .replace('message:IsRead', 'item:Importance')
        .replace('<t:IsRead>true</t:IsRead>', '<t:Importance>High</t:Importance>'),
    )
    await client.call(moveItem([c], junk))
    const d = await arrive()
    const second = await sync(first.state)
    expect(second.changes).toEqual([`ReadFlagChange ${a}`, `Update ${b}`, `Delete ${c}`, `Create ${d}`])
    expect((await sync(second.state)).changes).toEqual([])
    expect((await sync(first.state)).changes).toEqual(second.changes)
  })

  it('says nothing of what came and went between two calls', async () => {
    const { state } = await sync()
    await client.call(moveItem([await arrive()], junk))
    expect((await sync(state)).changes).toEqual([])
  })

  it('refuses a state that is not of this folder', async () => {
    const { state } = await sync()
    const refused = async (wrong: string, folder?: string) =>
      responseCodes(
        (await client.call(syncFolderItems({ state: wrong, ...(folder ? { folder } : {}) }))).body,
      )
    expect(await refused(state, junk)).toEqual(['ErrorInvalidSyncStateData'])
    expect(await refused('H4sIAAAAAAAEAA==')).toEqual(['ErrorInvalidSyncStateData'])
    await control(simulator, 'POST', '/reset')
    expect(await refused(state)).toEqual(['ErrorInvalidSyncStateData'])
  })

  it('refuses the states that the server has forgotten, and starts anew', async () => {
    const id = await arrive()
    const { state } = await sync()
    await control(simulator, 'DELETE', `/mailboxes/${address}/sync-states`)
    const refused = await client.call(syncFolderItems({ state }))
    expect(responseCodes(refused.body)).toEqual(['ErrorInvalidSyncStateData'])
    const anew = await sync()
    expect(anew.changes).toEqual([`Create ${id}`])
    expect((await sync(anew.state)).changes).toEqual([])
  })

  it('names a folder that is not there', async () => {
    const answer = await client.call(syncFolderItems({ folder: '<t:DistinguishedFolderId Id="calendar"/>' }))
    expect(responseCodes(answer.body)).toEqual(['ErrorSyncFolderNotFound'])
  })

  it('leaves a client with what the folder holds, however its pages and the changes fall', async () => {
    const step = fc.record({ do: fc.constantFrom('arrive', 'read', 'move', 'page'), at: fc.nat() })
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 25 }),
        fc.integer({ min: 1, max: 3 }),
        async (steps, limit) => {
          await control(simulator, 'POST', '/reset')
          const folder = new Map<string, boolean>()
          const seen = new Set<string>()
          let state: string | undefined
          const page = async () => {
            const answer = await sync(state, limit)
            state = answer.state
            for (const change of answer.changes) {
              const [kind, id = ''] = change.split(' ')
              // Nothing comes twice, and nothing is spoken of that never came.
              expect(seen.has(id)).toBe(kind !== 'Create')
              if (kind === 'Delete') seen.delete(id)
              else seen.add(id)
            }
            return answer.complete
          }
          for (const { do: what, at } of steps) {
            const id = [...folder.keys()][at % (folder.size || 1)]
            if (what === 'arrive') folder.set(await arrive(), false)
            else if (what === 'page') await page()
            else if (id !== undefined && what === 'read') {
              folder.set(id, !folder.get(id))
              await client.call(setIsRead(id, { ...overwrite, isRead: folder.get(id) ?? false }))
            } else if (id !== undefined) {
              folder.delete(id)
              await client.call(moveItem([id], junk))
            }
          }
          while (!(await page()));
          expect([...seen].sort()).toEqual([...folder.keys()].sort())
        },
      ),
      { numRuns: 40 },
    )
  })

  it('walks 20,000 messages once, and moves them in batches', async () => {
    const total = 20_000
    for (let sent = 0; sent < total; sent += 100) await Promise.all(Array.from({ length: 100 }, arrive))
    const folder = all((await client.call(createFolder('Processed'))).body, /<t:FolderId Id="([^"]+)"/)[0]
    const ids: string[] = []
    let state: string | undefined
    for (let complete = false; !complete; ) {
      const answer = await sync(state)
      ids.push(...answer.changes.map((change) => change.slice('Create '.length)))
      state = answer.state
      complete = answer.complete
    }
    expect(new Set(ids).size).toBe(total)
    for (let moved = 0; moved < total; moved += 500) {
      const answer = await client.call(
        moveItem(ids.slice(moved, moved + 500), `<t:FolderId Id="${folder}"/>`),
      )
      expect(responseCodes(answer.body).every((code) => code === 'NoError')).toBe(true)
    }
    const left = await sync(state)
    expect([left.changes.length, left.complete]).toEqual([512, false])
  })
})
