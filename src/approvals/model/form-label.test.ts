import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formLabel } from './form-label.ts'

test.each([
  ['Amount granted', 'Q2 Amount granted'],
  ['Montant accordé (TTC) :', 'Q2 Montant accordé TTC'],
  ['D’accord [x] = 1', 'Q2 D’accord x 1'],
  ['Head of the department (mail address of a person)', 'Q2 Head of the department mail address'],
  ['…', 'Q2'],
  ['a'.repeat(80), 'Q2'],
])('the field %j is called %j', (label, called) => {
  expect(formLabel({ id: 'Q2' }, label)).toBe(called)
})

test('a line of a form is short, and holds no mark that ends a label or begins an answer', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (label) => {
      const called = formLabel({ id: 'Q10' }, label)
      expect(called.length).toBeLessThanOrEqual(40)
      expect(called).not.toMatch(/[:=[\](){}<>«»#*|~\n]|\s$/)
    }),
  )
})
