import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCms } from './cms-content.ts'

const envelope = (name: string) => {
  const file = new URL(`../../../test/fixtures/replies/damaged/${name}.eml`, import.meta.url)
  return Buffer.from(readFileSync(file, 'latin1').split('\r\n\r\n')[1] ?? '', 'base64')
}
const signed = envelope('smime-signed-opaquely')
const inPieces = envelope('smime-signed-opaquely-in-pieces')

test('signed content is taken out, of definite and of indefinite lengths', () => {
  for (const octets of [signed, inPieces]) {
    const opened = readCms(octets)
    expect(opened.kind).toBe('signed')
    expect(opened.kind === 'signed' && opened.content.toString()).toMatch(/^Content-Type: [\s\S]*Yes/)
  }
})

test('encrypted content is called so', () => {
  expect(readCms(envelope('smime-encrypted'))).toEqual({ kind: 'encrypted' })
})

test('broken content is unknown, or what it was, and never anything else', () => {
  const whole = readCms(signed)
  fc.assert(
    fc.property(fc.nat(signed.length - 1), (end) => {
      expect([whole, { kind: 'unknown' }]).toContainEqual(readCms(signed.subarray(0, end)))
    }),
  )
  fc.assert(
    fc.property(fc.uint8Array(), (octets) => {
      expect(readCms(Buffer.from(octets)).kind).toMatch(/^(signed|encrypted|unknown)$/)
    }),
  )
})

test('hostile nesting and number are given up', () => {
  expect(readCms(Buffer.alloc(1_000_000, Buffer.from('3080', 'hex')))).toEqual({ kind: 'unknown' })
  const head = Buffer.from(
    '308006092a864886f70d010702a08030800201013100308006092a864886f70d010701a0802480',
    'hex',
  )
  expect(readCms(Buffer.concat([head, Buffer.alloc(1_000_000, Buffer.from('0400', 'hex'))]))).toEqual({
    kind: 'unknown',
  })
})
