import { expect, test } from 'vitest'
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

const signal = new AbortController().signal
const inbox = done('<m:Folders><t:Folder><t:FolderId Id="INBOX"/></t:Folder></m:Folders>')
const processed = done(
  '<m:RootFolder><t:Folders><t:Folder><t:FolderId Id="PROCESSED"/></t:Folder></t:Folders></m:RootFolder>',
)
const moved = (id: string) => done(`<m:Items><t:Message><t:ItemId Id="${id}-moved"/></t:Message></m:Items>`)
const read = (id: string, changeKey: string) =>
  done(`<m:Items><t:Message><t:ItemId Id="${id}" ChangeKey="${changeKey}"/></t:Message></m:Items>`)

/** A mailbox whose folder Processed is there; what else is asked, the script answers. */
async function open(script: Script) {
  const exchange = await startScriptedExchange((call, response) => {
    if (call.operation === 'FindFolder') return answer(processed)
    return script(call, response)
  })
  return { exchange, mailbox: openScripted(exchange) }
}

const changeKeys = ({ body }: EwsCall) => [...body.matchAll(/ChangeKey="([^"]*)"/g)].map(([, key]) => key)

test('a message has another id after it was moved', async () => {
  const { mailbox } = await open(({ ids }) => answer(...ids.map(moved)))
  expect(await mailbox.settle(['A', 'B'], 'move', signal)).toEqual([
    { providerId: 'A', newProviderId: 'A-moved', error: null },
    { providerId: 'B', newProviderId: 'B-moved', error: null },
  ])
})

test.each(['mark-read', 'delete'] as const)('%s tells no sender that their mail was read', async (mode) => {
  const { exchange, mailbox } = await open(({ ids }) => answer(...ids.map(() => done())))
  expect(await mailbox.settle(['A'], mode, signal)).toEqual([
    { providerId: 'A', newProviderId: null, error: null },
  ])
  expect(exchange.calls.map(({ body }) => /SuppressReadReceipts="true"/.test(body))).toEqual([true])
})

const codes = [
  'ErrorIrresolvableConflict',
  'ErrorStaleObject',
  'ErrorChangeKeyRequired',
  'ErrorChangeKeyRequiredForWriteOperations',
]

test.each(codes)('after %s the message is settled in its present state, once more', async (code) => {
  const { exchange, mailbox } = await open((call) => {
    if (call.operation === 'GetItem') return answer(...call.ids.map((id) => read(id, 'CK2')))
    const conflicts = changeKeys(call).length === 0
    return answer(...call.ids.map((id) => (id === 'B' && conflicts ? failed(code) : done())))
  })
  const outcomes = await mailbox.settle(['A', 'B', 'C'], 'mark-read', signal)
  expect(outcomes.map(({ error }) => error)).toEqual([null, null, null])
  expect(exchange.calls.map(({ operation, ids }) => [operation, ids])).toEqual([
    ['UpdateItem', ['A', 'B', 'C']],
    ['GetItem', ['B']],
    ['UpdateItem', ['B']],
  ])
  expect(changeKeys(exchange.calls[2] ?? expect.unreachable())).toEqual(['CK2'])
})

test('a conflict that stays is told, after one more attempt', async () => {
  const { exchange, mailbox } = await open((call) =>
    call.operation === 'GetItem'
      ? answer(...call.ids.map((id) => read(id, 'CK2')))
      : answer(...call.ids.map(() => failed('ErrorIrresolvableConflict'))),
  )
  expect(await mailbox.settle(['A'], 'mark-read', signal)).toMatchObject([
    { error: { providerCode: 'ErrorIrresolvableConflict' } },
  ])
  expect(exchange.callsOf('UpdateItem')).toHaveLength(2)
})

test('of two that conflict, the one that is gone by now is settled, and the other one too', async () => {
  const { mailbox } = await open((call) => {
    if (call.operation === 'GetItem') return answer(failed('ErrorItemNotFound'), read('B', 'CK2'))
    return answer(
      ...call.ids.map(() => (changeKeys(call).length === 0 ? failed('ErrorStaleObject') : done())),
    )
  })
  expect(await mailbox.settle(['A', 'B'], 'delete', signal)).toEqual([
    { providerId: 'A', newProviderId: null, error: null },
    { providerId: 'B', newProviderId: null, error: null },
  ])
})

test('a message that Exchange keeps from us is its own trouble when the mailbox answers', async () => {
  const { exchange, mailbox } = await open(({ operation, ids }) =>
    operation === 'GetFolder' ? answer(inbox) : answer(...ids.map(() => failed('ErrorAccessDenied'))),
  )
  const [outcome] = await mailbox.settle(['A'], 'move', signal)
  expect(outcome?.error).toMatchObject({
    kind: 'refused',
    retry: 'later',
    providerCode: 'ErrorAccessDenied',
    messageKey: 'item.refused',
  })
  expect(exchange.callsOf('GetFolder')).toHaveLength(1)
})

test('and the mailbox is at fault when it does not answer either', async () => {
  const { mailbox } = await open(({ operation, ids }) =>
    answer(...(operation === 'GetFolder' ? ['inbox'] : ids).map(() => failed('ErrorAccessDenied'))),
  )
  expect(await mailbox.settle(['A', 'B'], 'move', signal)).toMatchObject([
    { error: { kind: 'consent', retry: 'pause-mailbox' } },
    { error: { kind: 'consent', retry: 'pause-mailbox' } },
  ])
})

test('where no folder can be made, nothing is moved, and the mailbox is at fault', async () => {
  const exchange = await startScriptedExchange(({ operation }) =>
    answer(
      operation === 'FindFolder'
        ? done('<m:RootFolder><t:Folders/></m:RootFolder>')
        : failed('ErrorAccessDenied'),
    ),
  )
  const outcomes = await openScripted(exchange).settle(['A', 'B', 'C'], 'move', signal)
  for (const { error } of outcomes) expect(error).toMatchObject({ kind: 'consent', retry: 'pause-mailbox' })
  expect(exchange.calls.map(({ operation }) => operation)).toEqual(['FindFolder', 'CreateFolder'])
})

test('a call that was too much is made in parts, and the next one begins small', async () => {
  const { exchange, mailbox } = await open(({ ids }, response) =>
    ids.length > 20 ? fault(response, 'ErrorTimeoutExpired') : answer(...ids.map(moved)),
  )
  const ids = Array.from({ length: 30 }, (_, index) => `M${index}`)
  const outcomes = await mailbox.settle(ids, 'move', signal)
  expect(outcomes.map(({ newProviderId }) => newProviderId)).toEqual(ids.map((id) => `${id}-moved`))
  await mailbox.settle(ids, 'move', signal)
  expect(exchange.callsOf('MoveItem').map((call) => call.ids.length)).toEqual([30, 15, 15, 17, 13])
})

test('after a time-out nothing is tried at once, and the next call holds less', async () => {
  const { exchange, mailbox } = await open(({ ids }, response) =>
    exchange.callsOf('MoveItem').length === 1 ? status(response, 504) : answer(...ids.map(moved)),
  )
  const ids = Array.from({ length: 30 }, (_, index) => `M${index}`)
  for (const { error } of await mailbox.settle(ids, 'move', signal))
    expect(error).toMatchObject({ kind: 'unavailable', retry: 'later' })
  expect(exchange.callsOf('MoveItem')).toHaveLength(1)
  for (const { error } of await mailbox.settle(ids, 'move', signal)) expect(error).toBeNull()
  expect(exchange.callsOf('MoveItem').map((call) => call.ids.length)).toEqual([30, 15, 15])
})
