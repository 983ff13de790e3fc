import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readStructuredField } from './structured-field.ts'

const read = (text: string) => {
  const { value, parameters, doubtful } = readStructuredField(text)
  return [value, Object.fromEntries(parameters), [...doubtful]]
}

test.each([
  ['TEXT/Plain; Charset=UTF-8', 'text/plain', { charset: 'UTF-8' }],
  ['multipart/mixed; boundary="a;b=\\"c\\"" (junk)', 'multipart/mixed', { boundary: 'a;b="c"' }],
  ['text/plain (a (nested) one); charset=utf-8 (yes)', 'text/plain', { charset: 'utf-8' }],
  ['x/y; boundary*1="b"; boundary*0="a"', 'x/y', { boundary: 'ab' }],
  ["attachment; filename*0*=utf-8''%C3%A9; filename*1=t.pdf", 'attachment', { filename: 'ét.pdf' }],
  ["attachment; filename*=iso-8859-1'fr'%E9.pdf", 'attachment', { filename: 'é.pdf' }],
  ['text/plain; flag; charset=utf-8;', 'text/plain', { charset: 'utf-8' }],
])('%s', (text, value, parameters) => {
  expect(read(text)).toEqual([value, parameters, []])
})

test('of two parameters the first counts, and that they differ is told', () => {
  expect(read('x/y; charset=a; charset=b; boundary=c; boundary="c"')).toEqual([
    'x/y',
    { charset: 'a', boundary: 'c' },
    ['charset'],
  ])
  expect(read('x/y; boundary=a; boundary*0=b')).toEqual(['x/y', { boundary: 'a' }, ['boundary']])
})

test.each([
  ['application/pdf; name=plan(1).pdf', 'name', 'plan(1).pdf'],
  ['x/y; boundary=a b', 'boundary', 'a b'],
  ['x/y; boundary=(a)b', 'boundary', '(a)b'],
  ['x/y; boundary="a"b', 'boundary', 'a'],
  ['x/y; boundary="a; charset=utf-8', 'boundary', 'a; charset=utf-8'],
  ['x/y; boundary*0=a; boundary*0=b', 'boundary', 'ab'],
  ['x/y; boundary*0=a; boundary*2=b', 'boundary', 'ab'],
  ['x/y; boundary*1=b', 'boundary', 'b'],
])('%s is read in several ways', (text, name, value) => {
  const { parameters, doubtful } = readStructuredField(text)
  expect([parameters.get(name), [...doubtful]]).toEqual([value, [name]])
})

test('any text is some field', () => {
  const piece = fc.constantFrom('"', '\\', '(', ')', ';', '=', '*', '0', 'a', ' ', "'", '%')
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join('')),
      (text) => {
        expect(typeof readStructuredField(text).value).toBe('string')
      },
    ),
  )
})
