import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { meanings, responseCodeError } from './response-codes.ts'
import { readResponseMessages } from './response-message.ts'
import { readEnvelope } from './soap-envelope.ts'
import { readXml } from './xml-element.ts'

function messages(...codes: string[]): string {
  const each = codes.map((code) => `<M ResponseClass="Error"><ResponseCode>${code}</ResponseCode></M>`)
  return `<R><ResponseMessages>${each.join('')}</ResponseMessages></R>`
}

test("every code of the table is one of Microsoft's", async () => {
  const schema = await readFile(
    new URL('../../../test/fixtures/ews-schema/messages.xsd', import.meta.url),
    'utf8',
  )
  const type = /<xs:simpleType name="ResponseCodeType">[\s\S]*?<\/xs:simpleType>/.exec(schema)?.[0] ?? ''
  const codes = new Set([...type.matchAll(/value="(\w+)"/g)].map(([, code]) => code))
  expect(codes.size).toBeGreaterThan(500)
  expect(Object.keys(meanings).filter((code) => !codes.has(code))).toEqual([])
})

test('of an unknown code nothing is taken for granted', () => {
  const error = responseCodeError('ErrorOfNextYear', undefined, 'approvals@contoso.example')
  expect(error).toMatchObject({ kind: 'protocol', retry: 'later', mayHaveHappened: true })
})

test('reads the back-off of a fault and holds it within reason', () => {
  const fault = (milliseconds: string) =>
    `<s:Envelope xmlns:s="urn:s"><s:Body><s:Fault><faultcode>a:ErrorServerBusy</faultcode><faultstring>服务器现在不能</faultstring><detail><ResponseCode>ErrorServerBusy</ResponseCode><MessageXml><Value Name="BackOffMilliseconds">${milliseconds}</Value></MessageXml></detail></s:Fault></s:Body></s:Envelope>`
  const read = (milliseconds: string) => () => readEnvelope(fault(milliseconds), 'approvals@contoso.example')
  expect(read('297749')).toThrow(expect.objectContaining({ kind: 'throttled', retryAfterMs: 297_749 }))
  expect(read('99999999999')).toThrow(expect.objectContaining({ retryAfterMs: 6 * 60 * 60_000 }))
  expect(read('soon')).toThrow(expect.objectContaining({ retryAfterMs: null }))
})

test('takes the code of a fault without detail', () => {
  const text =
    '<Envelope><Body><Fault><faultcode>a:ErrorNonExistentMailbox</faultcode></Fault></Body></Envelope>'
  expect(() => readEnvelope(text, 'nobody@contoso.example')).toThrow(
    expect.objectContaining({ messageKey: 'mailbox.unknown', retry: 'pause-mailbox' }),
  )
})

test.each(['<html/>', '', '{}', '<Envelope><Body/></Envelope>'])(
  '%j is no answer, and may have done its work',
  (text) => {
    expect(() => readEnvelope(text, '')).toThrow(
      expect.objectContaining({ kind: 'protocol', mayHaveHappened: true }),
    )
  },
)

test('items that Exchange left out were stopped with the last one', () => {
  const response = readXml(messages('NoError', 'ErrorBatchProcessingStopped'))
  const read = readResponseMessages(response, 4, '')
  expect(read.map(({ error }) => error?.providerCode)).toEqual([
    undefined,
    ...Array(3).fill('ErrorBatchProcessingStopped'),
  ])
})

test('another number of messages than items is no answer', () => {
  for (const count of [1, 3]) {
    expect(() => readResponseMessages(readXml(messages('NoError', 'ErrorItemNotFound')), count, '')).toThrow(
      expect.objectContaining({ providerCode: 'unreadable-answer' }),
    )
  }
})

test('when every item meets a failure of the mailbox, the call has failed', () => {
  expect(() => readResponseMessages(readXml(messages('ErrorServerBusy', 'ErrorServerBusy')), 2, '')).toThrow(
    expect.objectContaining({ kind: 'throttled' }),
  )
  expect(
    readResponseMessages(readXml(messages('ErrorItemNotFound', 'ErrorItemNotFound')), 2, ''),
  ).toHaveLength(2)
  expect(readResponseMessages(readXml(messages('ErrorServerBusy', 'NoError')), 2, '')).toHaveLength(2)
})
