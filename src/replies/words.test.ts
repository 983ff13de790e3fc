import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyOf, wordsOf } from './words.ts'

test.each([
  ['Modify the Request!', 'modify the request'],
  ['modify&nbsp;the\u00a0request', 'modify the request'],
  ['refus&eacute;', 'refuse'],
  ['D’accord', 'd accord'],
  ['Y\u200b\ufeffES', 'yes'],
  ['👍🏽✅\ufe0fYes', '👍 ✅ yes'],
  ['Q1=yes|no', 'q1 yes no'],
  ['ﬁne ＹＥＳ', 'fine yes'],
  ['&bogus; &', 'bogus'],
  ['... -- ?', ''],
])('%j has the words %j', (text, words) => {
  expect(keyOf(wordsOf(text))).toBe(words)
})

test('a run too long for a word is left as it is: NFKC makes eighteen letters of one', () => {
  const run = '\ufdfa'.repeat(1_000)
  expect(wordsOf(run)).toMatchObject([{ text: run, from: 0, to: run.length }])
})

test('the offsets point at what was written, in order', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      let last = { from: 0, to: 0 }
      for (const { from, to } of wordsOf(text)) {
        // Several words of one run, divided by an entity, share its offsets.
        if (from !== last.from) expect(from).toBeGreaterThanOrEqual(last.to)
        expect(to).toBeGreaterThan(from)
        expect(to).toBeLessThanOrEqual(text.length)
        last = { from, to }
      }
    }),
  )
})
