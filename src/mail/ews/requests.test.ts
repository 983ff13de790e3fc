/** What truly travels to Exchange, whatever is asked of a mailbox, held against Microsoft's schema. */
import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { schemaErrors } from '../../../test/support/ews-schema.ts'
import {
  answer,
  done,
  type EwsCall,
  failed,
  openScripted,
  startScriptedExchange,
} from '../../../test/support/scripted-exchange.ts'
import { runSteps } from '../../mailboxes/doctor/run-steps.ts'

const signal = new AbortController().signal
/** As it stands in XML, and as it is. */
const id = { escaped: 'A&quot;&lt;&amp;=', plain: 'A"<&=' }

const item = (content: string, attributes = '') =>
  `<t:Message>${content}<t:ItemId Id="${id.escaped}" ${attributes}/><t:Size>9</t:Size><t:DateTimeReceived>2026-11-24T09:00:00Z</t:DateTimeReceived></t:Message>`
const folders = '<m:Folders><t:Folder><t:FolderId Id="F1"/></t:Folder></m:Folders>'

/** A mailbox in which everything takes the long way: no folder Processed, a head to look at, a conflict. */
const answers: Record<string, (call: EwsCall) => string> = {
  SyncFolderItems: () =>
    done(`<m:SyncState>S1</m:SyncState><m:Changes><t:Create>${item('')}</t:Create></m:Changes>`),
  GetItem: () =>
    done(
      `<m:Items>${item('<t:MimeContent>eA==</t:MimeContent><t:Subject>Ours</t:Subject>', 'ChangeKey="C&amp;2"')}</m:Items>`,
    ),
  FindFolder: () => done('<m:RootFolder><t:Folders/></m:RootFolder>'),
  CreateFolder: () => done(folders),
  GetFolder: () => done(folders),
  UpdateItem: ({ body }) => (body.includes('ChangeKey') ? done() : failed('ErrorChangeKeyRequired')),
  MoveItem: () => done('<m:Items/>'),
  DeleteItem: () => done(),
  CreateItem: () => done('<m:Items/>'),
  FindItem: () => done('<m:RootFolder><t:Items/></m:RootFolder>').repeat(3),
  Subscribe: () => done('<m:SubscriptionId>S&lt;1&gt;</m:SubscriptionId>'),
  GetStreamingEvents: () => done('<m:ConnectionStatus>OK</m:ConnectionStatus>'),
  Unsubscribe: () => done(),
}

/** The body of an envelope and each of its headers, as documents of their own. */
function documents({ operation, body }: EwsCall, index: number): { name: string; xml: string }[] {
  const [, header = '', content = ''] = /<s:Header>(.*)<\/s:Header><s:Body>(.*)<\/s:Body>/s.exec(body) ?? []
  const types = 'xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"'
  const [version = '', impersonation = ''] = header.split(/(?=<t:ExchangeImpersonation)/)
  return [
    { name: `${index}-${operation}.xml`, xml: content },
    ...[version, impersonation].map((xml, part) => ({
      name: `${index}-header-${part}.xml`,
      xml: xml.replace(/^<t:\w+/, `$& ${types}`),
    })),
  ]
}

test('every request of every kind is what the schema allows', async () => {
  const exchange = await startScriptedExchange((call) => answer(answers[call.operation]?.(call) ?? ''))
  const mailbox = openScripted(exchange)
  const areOurs = async (heads: { subject: string }[]) => heads.map(({ subject }) => subject === 'Ours')
  const { messages, cursor } = await mailbox.receive({
    cursor: null,
    startFrom: new Date(0),
    areOurs,
    isKnown: async () => new Set(),
    limit: { messages: 10, bytes: 1_000 },
    signal,
  })
  expect(messages.map(({ providerId }) => providerId)).toEqual([id.plain])
  await mailbox.receive({
    cursor,
    startFrom: new Date(0),
    areOurs,
    isKnown: async (ids) => new Set(ids),
    limit: { messages: 10, bytes: 1_000 },
    signal,
  })
  expect((await mailbox.fetch({ providerIds: [id.plain], areOurs, signal })).messages).toHaveLength(1)
  for (const mode of ['move', 'mark-read', 'delete'] as const)
    expect(await mailbox.settle([id.plain], mode, signal)).toMatchObject([{ error: null }])
  const mail = { messageId: '<a&b@contoso.example>', mime: Buffer.from('Subject: é\r\n\r\n&') }
  expect(await mailbox.send([mail], signal)).toMatchObject([{ outcome: 'sent' }])
  expect(await mailbox.findSent(mail.messageId, signal)).toBe('absent')
  await mailbox.wait(signal)
  for await (const { outcome } of runSteps(mailbox.checks(), signal)) expect(outcome).not.toBe('failed')
  await mailbox.close()

  const sent = exchange.calls.filter(({ operation }) => operation !== '')
  const files = (await readdir(new URL('operations', import.meta.url))).filter(
    (name) => !name.endsWith('.test.ts'),
  )
  const named = (operation: string) => `${operation.replace(/(?<=.)([A-Z])/g, '-$1').toLowerCase()}.ts`
  expect([...new Set(sent.map(({ operation }) => named(operation)))].sort()).toEqual(files.sort())
  expect(await schemaErrors(sent.flatMap(documents))).toEqual([])
  // The schema is asked about what is there.
  const [first] = sent.slice(0, 1).flatMap(documents)
  expect(
    await schemaErrors([
      { name: 'broken.xml', xml: first?.xml.replaceAll('MaxChanges', 'LeastChanges') ?? '' },
    ]),
  ).not.toEqual([])
})
