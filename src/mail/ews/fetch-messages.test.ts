import { expect, test } from 'vitest'
import { answer, done, openScripted, startScriptedExchange } from '../../../test/support/scripted-exchange.ts'

const MEGABYTE = 1024 * 1024
const signal = new AbortController().signal
const item = (id: string, more: string) =>
  done(
    `<m:Items><t:Message>${more}<t:ItemId Id="${id}"/><t:DateTimeReceived>2026-11-24T09:00:00Z</t:DateTimeReceived></t:Message></m:Items>`,
  )

test('a message as large as the setting may allow is fetched: the store counts what base64 then makes larger twice', async () => {
  // 45 MB in the store, the most that the setting takes, are about so much as MIME.
  const mime = Buffer.alloc(62 * MEGABYTE, 'x')
  const exchange = await startScriptedExchange(({ operation, ids, body }) => {
    if (operation === 'GetFolder')
      return answer(done('<m:Folders><t:Folder><t:FolderId Id="I"/></t:Folder></m:Folders>'))
    const isWhole = body.includes('IncludeMimeContent')
    const content = isWhole
      ? `<t:MimeContent>${mime.toString('base64')}</t:MimeContent>`
      : `<t:Size>${40 * MEGABYTE}</t:Size>`
    return answer(...ids.map((id) => item(id, content)))
  })
  const areOurs = async (heads: unknown[]) => heads.map(() => true)
  const found = await openScripted(exchange).fetch({ providerIds: ['A'], areOurs, signal })
  expect(found.failed).toEqual([])
  expect(found.messages.map(({ raw }) => raw.byteLength)).toEqual([mime.length])
}, 30_000)
