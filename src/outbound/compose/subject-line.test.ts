import fc from 'fast-check'
import { expect, test } from 'vitest'
import { subjectLine } from './subject-line.ts'

const tag = '[#42-7-k3vqy7h2mznf4abc]'

test('says what, how much, and ends with the tag', () => {
  const parts = { prefix: '', title: 'Purchase of 12 laptops', amount: '€18,460.00', tag }
  expect(subjectLine(parts)).toBe(`Purchase of 12 laptops · €18,460.00 ${tag}`)
  expect(subjectLine({ ...parts, prefix: 'Already decided:', amount: null, tag: null })).toBe(
    'Already decided: Purchase of 12 laptops',
  )
})

test('does not name the amount twice', () => {
  const parts = { prefix: '', title: 'Travel, €900.00', amount: '€900.00', tag: null }
  expect(subjectLine(parts)).toBe('Travel, €900.00')
})

test('any title leaves the tag whole and room for the prefixes of clients', () => {
  const text = fc.string({ unit: 'binary', maxLength: 400, size: 'max' })
  fc.assert(
    fc.property(text, text, text, (prefix, title, amount) => {
      const subject = subjectLine({ prefix, title, amount, tag })
      expect(subject.length).toBeLessThanOrEqual(200)
      expect(subject.endsWith(` ${tag}`)).toBe(true)
      expect(subject).not.toMatch(/\p{Cc}/u)
    }),
  )
})
