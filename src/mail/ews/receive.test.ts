import { expect, test } from 'vitest'
import { mailFailure } from '../../../test/support/mail-failure.ts'
import {
  answer,
  done,
  type EwsCall,
  failed,
  fault,
  openScripted,
  type Script,
  startScriptedExchange,
  status,
} from '../../../test/support/scripted-exchange.ts'
import { readCursor, writeCursor } from '../folder-cursor.ts'
import type { ReceiveRequest } from '../mailbox.ts'

const startFrom = new Date('2026-11-20T00:00:00Z')
const request: ReceiveRequest = {
  cursor: null,
  startFrom,
  areOurs: async (heads) => heads.map(() => true),
  isKnown: async () => new Set(),
  limit: { messages: 600, bytes: 32 * 1024 * 1024 },
  signal: new AbortController().signal,
}

/** A change that a message came into the folder. */
const created = (id: string, receivedAt = '2026-11-24T09:00:00Z') =>
  `<t:Create><t:Message><t:ItemId Id="${id}"/><t:Size>9</t:Size><t:DateTimeReceived>${receivedAt}</t:DateTimeReceived></t:Message></t:Create>`

const page = (syncState: string, changes: string[], last = true) =>
  done(
    `<m:SyncState>${syncState}</m:SyncState><m:IncludesLastItemInRange>${last}</m:IncludesLastItemInRange><m:Changes>${changes.join('')}</m:Changes>`,
  )

const content = (id: string) =>
  done(
    `<m:Items><t:Message><t:MimeContent>eA==</t:MimeContent><t:ItemId Id="${id}"/><t:DateTimeReceived>2026-11-24T09:00:00Z</t:DateTimeReceived></t:Message></m:Items>`,
  )

const stateOf = ({ body }: EwsCall) => /<m:SyncState>(.*)<\/m:SyncState>/.exec(body)?.[1] ?? null
const pageSize = ({ body }: EwsCall) => Number(/<m:MaxChangesReturned>(\d+)/.exec(body)?.[1])

/** A mailbox whose items can be fetched; what SyncFolderItems says is the script's. */
async function open(sync: Script) {
  const exchange = await startScriptedExchange((call, response) =>
    call.operation === 'GetItem' ? answer(...call.ids.map(content)) : sync(call, response),
  )
  return { exchange, mailbox: openScripted(exchange) }
}

test('a sync state that Exchange no longer takes: all is listed anew, and only what is new and recent read', async () => {
  const { exchange, mailbox } = await open((call) =>
    stateOf(call) === 'LOST'
      ? answer(failed('ErrorInvalidSyncStateData', '<m:SyncState/>'))
      : answer(page('S1', [created('OLD', '2026-11-19T23:59:59Z'), created('KNOWN'), created('NEW')])),
  )
  const received = await mailbox.receive({
    ...request,
    cursor: writeCursor({ inbox: 'LOST', junk: 'J1' }),
    isKnown: async (ids) => new Set(ids.filter((id) => id === 'KNOWN')),
  })
  expect(received.messages.map(({ providerId }) => providerId)).toEqual(['NEW'])
  expect(received).toMatchObject({ failed: [], more: false })
  expect(exchange.callsOf('SyncFolderItems').map(stateOf)).toEqual(['LOST', null])
  expect(exchange.callsOf('GetItem').flatMap(({ ids }) => ids)).toEqual(['NEW'])
  // The other folder goes on from where it stood.
  expect(readCursor(received.cursor)).toEqual({ inbox: 'S1', junk: 'J1' })
})

test('a mailbox that takes no sync state at all is not asked in circles', async () => {
  const { exchange, mailbox } = await open(() => answer(failed('ErrorInvalidSyncStateData')))
  const cursor = writeCursor({ inbox: 'LOST', junk: null })
  expect(await mailFailure(mailbox.receive({ ...request, cursor }))).toMatchObject({
    providerCode: 'ErrorInvalidSyncStateData',
  })
  expect(exchange.calls).toHaveLength(2)
})

test('a page that is too much is asked for in smaller ones, which grow again', async () => {
  const { exchange, mailbox } = await open((call, response) => {
    if (pageSize(call) > 200) return fault(response, 'ErrorTimeoutExpired')
    const number = exchange.callsOf('SyncFolderItems').length
    return answer(page(`S${number}`, [created(`M${number}`)], number === 5))
  })
  const { messages, more } = await mailbox.receive(request)
  expect(exchange.callsOf('SyncFolderItems').map(pageSize)).toEqual([512, 256, 128, 149, 170])
  expect(messages.map(({ providerId }) => providerId)).toEqual(['M3', 'M4', 'M5'])
  expect(more).toBe(false)
})

test('after a time-out the page is asked for later, and is smaller then', async () => {
  const { exchange, mailbox } = await open((_, response) =>
    exchange.calls.length === 1 ? status(response, 504) : answer(page('S1', [])),
  )
  expect(await mailFailure(mailbox.receive(request))).toMatchObject({ kind: 'unavailable' })
  await mailbox.receive(request)
  expect(exchange.calls.map(pageSize)).toEqual([512, 256])
})

test('a page that is too much even alone ends the asking', async () => {
  const { exchange, mailbox } = await open((_, response) => fault(response, 'ErrorTimeoutExpired'))
  expect(await mailFailure(mailbox.receive(request))).toMatchObject({ providerCode: 'ErrorTimeoutExpired' })
  expect(exchange.calls.map(pageSize)).toEqual([512, 256, 128, 64, 32, 16, 8, 4, 2, 1])
})
