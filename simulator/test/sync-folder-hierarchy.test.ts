import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { all, control, envelope, ewsClient, responseCodes } from './support/ews-client.ts'
import { createFolder, syncFolderItems } from './support/ews-requests.ts'
import { entrances, ews, mailbox } from './support/foreign-client.ts'
import { validateAnswers } from './support/validate-answers.ts'

let simulator: Simulator
let client: Awaited<ReturnType<typeof ewsClient>>
beforeAll(async () => {
  simulator = await startSimulator()
  client = await ewsClient(simulator)
})
afterAll(() => simulator.close())

const request = (state?: string, folder?: string) =>
  '<m:SyncFolderHierarchy><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape>' +
  (folder === undefined ? '' : `<m:SyncFolderId><t:DistinguishedFolderId Id="${folder}"/></m:SyncFolderId>`) +
  (state === undefined ? '' : `<m:SyncState>${state}</m:SyncState>`) +
  '</m:SyncFolderHierarchy>'
const documents: Record<string, string> = {}

async function sync(state?: string, folder?: string) {
  const { body } = await client.call(request(state, folder))
  const name = `sync-${Object.keys(documents).length}`
  Object.assign(documents, { [`${name}-request`]: envelope(request(state, folder), mailbox), [name]: body })
  return {
    code: responseCodes(body)[0],
    state: /<m:SyncState>([^<]+)</.exec(body)?.[1] ?? '',
    names: all(body, /<t:Create>.*?<t:DisplayName>([^<]+)</),
  }
}

it('gives all folders first, and then the new ones, as the schema says', async () => {
  const first = await sync()
  expect(first.names).toEqual(['Inbox', 'Drafts', 'Sent Items', 'Outbox', 'Deleted Items', 'Junk Email'])
  const inbox = await sync(undefined, 'inbox')
  expect(inbox.names).toEqual([])
  await client.call(createFolder('Processed'))
  const second = await sync(first.state)
  expect(second.names).toEqual(['Processed'])
  expect((await sync(second.state)).names).toEqual([])
  expect((await sync(inbox.state, 'inbox')).names).toEqual(['Processed'])
  expect((await sync(first.state, 'inbox')).code).toBe('ErrorInvalidSyncStateData')
  const items = await client.call(syncFolderItems({ state: inbox.state }))
  expect(responseCodes(items.body)).toEqual(['ErrorInvalidSyncStateData'])
  expect((await sync(undefined, 'calendar')).code).toBe('ErrorSyncFolderNotFound')
  await control(simulator, 'DELETE', `/mailboxes/${mailbox}/sync-states`)
  expect((await sync(second.state)).code).toBe('ErrorInvalidSyncStateData')
  expect(await validateAnswers(documents)).toEqual([])
})

it('tells ews-javascript-api', async () => {
  const service = await entrances['an app by its token, impersonating'](simulator)
  const root = new ews.FolderId(ews.WellKnownFolderName.MsgFolderRoot)
  const changes = await service.SyncFolderHierarchy(root, ews.PropertySet.FirstClassProperties, '')
  const names = Array.from({ length: changes.Count }, (_, at) => changes._getItem(at).Folder.DisplayName)
  expect(names).toContain('Processed')
  const next = await service.SyncFolderHierarchy(
    root,
    ews.PropertySet.FirstClassProperties,
    changes.SyncState,
  )
  expect(next.Count).toBe(0)
})
