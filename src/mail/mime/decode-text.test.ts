import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeText } from './decode-text.ts'

test.each([
  ['', 'Approuv\xe9', 'Approuvé'],
  ['utf-8', 'Approuv\xe9', 'Approuvé'],
  ['us-ascii', 'Approuv\xc3\xa9', 'Approuvé'],
  ['iso-8859-1', 'Approuv\xc3\xa9', 'Approuvé'],
  ['windows-1252', 'Approuv\xe9 \x80', 'Approuvé €'],
  ['x-nowhere', 'Approuv\xe9', 'Approuvé'],
  ['CP850', 'Approuv\x82', 'Approuvé'],
  ['utf-7', 'Approuv+AOk-', 'Approuvé'],
  ['x-sjis', '\x82\xcd\x82\xa2', 'はい'],
  ['utf-16', '\xfe\xff\0Y', 'Y'],
  ['utf-16', '\xff\xfeY\0', 'Y'],
  ['utf-16', 'Y\0e\0s\0', 'Yes'],
  ['windows-1251', '\xef\xbb\xbfYes', 'Yes'],
])('in %j %j is %j', (label, octets, text) => {
  expect(decodeText(Buffer.from(octets, 'latin1'), label)).toBe(text)
})

test('a word of another script is not guessed to be a Western one', () => {
  expect(decodeText(Buffer.from('\xd1\xe8, merci', 'latin1'), '')).toBe('\ufffd, merci')
})

test('a line in another character set leaves the others as they are', () => {
  const octets = Buffer.concat([Buffer.from('Approuvé\n'), Buffer.from('Analys\xe9', 'latin1')])
  expect(decodeText(octets, 'utf-8')).toBe('Approuvé\nAnalys\ufffd')
})

test('any octets of any label are some text', () => {
  const label = fc.oneof(
    fc.string(),
    fc.constantFrom('utf-7', 'utf-16', 'iso-2022-kr', 'hz-gb-2312', 'utf-32'),
  )
  fc.assert(
    fc.property(label, fc.uint8Array(), (label, octets) => {
      expect(typeof decodeText(octets, label)).toBe('string')
    }),
  )
})
