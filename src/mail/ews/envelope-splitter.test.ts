import { expect, test } from 'vitest'
import { splitEnvelopes } from './envelope-splitter.ts'

const envelopes = [
  '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="urn:s"><s:Body>Réponse automatique 👍</s:Body></s:Envelope>',
  '<Envelope><EnvelopeX></EnvelopeX></Envelope >',
  '<soap11:Envelope>日本</soap11:Envelope\n>',
]
const bytes = Buffer.from(`${envelopes.join('\r\n')}<s:Envelope>unfinished`, 'utf8')

async function split(chunks: Uint8Array[]): Promise<string[]> {
  async function* stream() {
    yield* chunks
  }
  const found: string[] = []
  for await (const envelope of splitEnvelopes(stream())) found.push(envelope.trim())
  return found
}

test('finds the envelopes wherever the stream is cut in two', async () => {
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    expect(await split([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(envelopes)
  }
})

test('finds them byte by byte', async () => {
  expect(await split([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(envelopes)
})

test('an envelope is given out as soon as its last byte is there', async () => {
  const later = Promise.withResolvers<Uint8Array>()
  async function* stream() {
    yield Buffer.from(envelopes[0] ?? '')
    yield await later.promise
  }
  const found = splitEnvelopes(stream())
  expect((await found.next()).value).toBe(envelopes[0])
  later.resolve(Buffer.from(envelopes[1] ?? ''))
  expect((await found.next()).value).toBe(envelopes[1])
})

test.each([64 * 1024, 1])('an envelope without end is refused, in chunks of %i octets', async (size) => {
  const block = Buffer.alloc(size, 'a')
  async function* stream() {
    for (;;) yield block
  }
  await expect(splitEnvelopes(stream()).next()).rejects.toMatchObject({ kind: 'protocol' })
})
