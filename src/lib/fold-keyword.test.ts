import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldKeyword } from './fold-keyword.ts'

test.each([
  ['Yes', 'YES'],
  ['Modify the request', '  modify\u00a0the&nbsp;REQUEST. '],
  ['Modify the request', 'modify\r\n\tthe request'],
  ['approuvé', 'APPROUVE'],
  ['approuvé', 'approuve\u0301'],
  ["d'accord", 'D’ACCORD !'],
  ["d'accord", 'd&#39;accord'],
  ["d'accord", 'd&#x2019;accord'],
  ['refusé', 'refus&eacute;'],
  ['ＹＥＳ', 'yes'],
  ['y\u200be\u00ads', 'yes'],
  ['\u202eyes\u202c', 'yes'],
  ['bœuf', 'BOEUF'],
  ['weiß', 'WEISS'],
  ['WEIẞ', 'weiss'],
  ['onaylı', 'ONAYLI'],
  ['İPTAL', 'iptal'],
  ['👍🏽', '👍'],
  ['✅\ufe0f', '✅'],
  ['*Yes*', '“yes”'],
])('%j folds like %j', (one, other) => {
  expect(foldKeyword(one)).toBe(foldKeyword(other))
  expect(foldKeyword(one)).not.toBe('')
})

test.each([
  ['yes', 'yes but'],
  ['+1', '1'],
  ['👍', '👎'],
  ['no', 'now'],
  ['हाँ', 'हा'],
])('%j and %j stay apart', (one, other) => {
  expect(foldKeyword(one)).not.toBe(foldKeyword(other))
})

test.each(['', '   ', '\u00a0', '&nbsp;', '…', '?', '\u200b'])('%j folds to nothing', (text) => {
  expect(foldKeyword(text)).toBe('')
})

test('an entity that names no character stays as it stands', () => {
  expect(foldKeyword('&#9999999;')).toBe('9999999')
  expect(foldKeyword('&constructor;')).toBe('constructor')
})

test('folding twice changes nothing, and the result is trimmed and single-spaced', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string())
  fc.assert(
    fc.property(text, (input) => {
      const folded = foldKeyword(input)
      expect(foldKeyword(folded)).toBe(folded)
      expect(folded).not.toMatch(/^ | $| {2}/)
    }),
    { numRuns: 2_000 },
  )
})
