import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { control, ewsClient, itemIds, responseCodes } from './support/ews-client.ts'
import {
  convertId,
  createFromMime,
  findItem,
  getItem,
  inbox,
  itemIdList,
  mail,
  moveItem,
  setIsRead,
} from './support/ews-requests.ts'
import { validateAnswers } from './support/validate-answers.ts'

const mailbox = 'approvals@contoso.example'
const STOPPED = 'ErrorBatchProcessingStopped'

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

const lay = (operation: string, answer: object) =>
  control(simulator, 'POST', '/faults', { operation, times: 1, answer: { as: 'response', ...answer } })
const codes = async (request: string) => responseCodes((await client.call(request)).body)
const count = async (folder: string, address = mailbox) =>
  (await control<unknown[]>(simulator, 'GET', `/mailboxes/${address}/folders/${folder}/messages`)).length

async function arrive(times: number): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < times; index += 1) {
    const raw = mail({ From: 'anna.novak@fabrikam.example', To: mailbox, Subject: String(index) })
    ids.push((await control<{ id: string }>(simulator, 'POST', `/mailboxes/${mailbox}/messages`, raw)).id)
  }
  return ids
}

describe('a batch that fails in part', () => {
  it('does the work of the others, each answer in its place', async () => {
    const ids = await arrive(4)
    await lay('MoveItem', { code: 'ErrorMailboxStoreUnavailable', items: [1, 3] })
    const answer = await client.call(moveItem(ids, '<t:DistinguishedFolderId Id="junkemail"/>'))
    const failed = 'ErrorMailboxStoreUnavailable'
    expect(responseCodes(answer.body)).toEqual(['NoError', failed, 'NoError', failed])
    expect(itemIds((await client.call(findItem({}))).body)).toEqual([ids[3], ids[1]])
    expect(await count('junkemail')).toBe(2)
  })

  it('sends what did not fail, and nothing else', async () => {
    const to = (name: string) => mail({ To: `${name}@contoso.example`, Subject: name })
    await lay('CreateItem', { code: 'ErrorInternalServerTransientError', items: [0] })
    expect(await codes(createFromMime([to('elodie.gagnon'), to('thomas.berger')]))).toEqual([
      'ErrorInternalServerTransientError',
      'NoError',
    ])
    expect(await count('inbox', 'elodie.gagnon@contoso.example')).toBe(0)
    expect(await count('inbox', 'thomas.berger@contoso.example')).toBe(1)
    expect(await count('sentitems')).toBe(1)
  })

  it('keeps its own errors beside those that were laid', async () => {
    const [id = ''] = await arrive(1)
    await lay('GetItem', { code: 'ErrorTimeoutExpired', items: [2] })
    expect(await codes(getItem([id, 'AAMkGONE=', id]))).toEqual([
      'NoError',
      'ErrorInvalidIdMalformed',
      'ErrorTimeoutExpired',
    ])
  })

  it('stops behind an item: an answer for each one that was not looked at', async () => {
    const ids = await arrive(4)
    await lay('DeleteItem', { code: 'ErrorServerBusy', backOffMilliseconds: 4000, stopAt: 1 })
    const answer = await client.call(
      `<m:DeleteItem DeleteType="HardDelete">${itemIdList(ids)}</m:DeleteItem>`,
    )
    expect(responseCodes(answer.body)).toEqual(['NoError', 'ErrorServerBusy', STOPPED, STOPPED])
    expect(answer.body.match(/<t:Value Name="BackOffMilliseconds">4000</g)).toHaveLength(1)
    expect(await count('inbox')).toBe(3)
  })

  it('stops behind an item: the list ends, shorter than the request', async () => {
    const ids = await arrive(5)
    await lay('GetItem', { code: 'ErrorTooManyObjectsOpened', stopAt: 1, endsList: true })
    expect(await codes(getItem(ids))).toEqual(['NoError', 'ErrorTooManyObjectsOpened', STOPPED])
  })

  it('says it in another language, as Exchange does', async () => {
    await lay('GetItem', { code: 'ErrorServerBusy', message: 'Le serveur est occupé.' })
    const { body } = await client.call(getItem(['AAMkAA1=']))
    expect(body).toContain('<m:MessageText>Le serveur est occupé.</m:MessageText>')
    expect(responseCodes(body)).toEqual(['ErrorServerBusy'])
  })

  it('counts the items that were worked on', async () => {
    const ids = await arrive(4)
    await control(simulator, 'DELETE', '/calls')
    await lay('GetItem', { code: 'ErrorServerBusy', stopAt: 2 })
    await client.call(getItem(ids))
    expect(await control(simulator, 'GET', '/calls')).toMatchObject([{ operation: 'GetItem', items: 2 }])
  })

  it('answers as the schema says, for every kind of list', async () => {
    const ids = await arrive(3)
    const folders = `<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds>${inbox}${inbox}${inbox}</m:FolderIds></m:GetFolder>`
    const created = (name: string) => `<t:Folder><t:DisplayName>${name}</t:DisplayName></t:Folder>`
    const change = setIsRead(ids[0] ?? '', { resolution: 'AlwaysOverwrite' })
    const itemChange = /<t:ItemChange>.*<\/t:ItemChange>/.exec(change)?.[0] ?? ''
    const requests: Record<string, string> = {
      GetItem: getItem(ids),
      GetFolder: folders,
      UpdateItem: change.replace(itemChange, itemChange.repeat(3)),
      ConvertId: convertId(
        ids.map((id) => ({ format: 'EwsId', id })),
        'EntryId',
      ),
      CreateFolder: `<m:CreateFolder><m:ParentFolderId>${inbox}</m:ParentFolderId><m:Folders>${['a', 'b', 'c'].map(created).join('')}</m:Folders></m:CreateFolder>`,
      CreateItem: createFromMime(Array(3).fill(mail({ To: 'nadia.belkacem@contoso.example' })), 'SaveOnly'),
      CopyItem: moveItem(ids, inbox).replaceAll('MoveItem', 'CopyItem'),
      MoveItem: moveItem(ids, inbox),
    }
    const answers: Record<string, string> = {}
    for (const [operation, request] of Object.entries(requests)) {
      await lay(operation, { code: 'ErrorServerBusy', stopAt: 1, backOffMilliseconds: 10 })
      answers[operation] = (await client.call(request)).body
      expect([operation, ...responseCodes(answers[operation])]).toEqual([
        operation,
        'NoError',
        'ErrorServerBusy',
        STOPPED,
      ])
    }
    expect(await validateAnswers(answers)).toEqual([])
  })
})

describe('a fault for a part of a batch', () => {
  it.each([
    [{ code: 'ErrorServerBusy', as: 'fault', items: [0] }, 'go with "as": "response"'],
    [{ code: 'ErrorServerBusy', as: 'response', endsList: true }, '"endsList" goes with "stopAt"'],
    [{ code: 'ErrorServerBusy', as: 'response', items: [] }, '"items" has a value that does not fit'],
    [{ code: 'ErrorServerBusy', as: 'response', items: [-1] }, '"items" has a value that does not fit'],
    [{ code: 'ErrorServerBusy', as: 'response', stopAt: 0.5 }, '"stopAt" has a value that does not fit'],
  ])('is refused: %j', async (answer, reason) => {
    const fault = { operation: 'GetItem', times: 1, answer }
    await expect(control(simulator, 'POST', '/faults', fault)).rejects.toThrow(reason)
  })
})
