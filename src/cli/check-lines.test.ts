import { expect, test } from 'vitest'
import { translator } from '../lib/translate.ts'
import { checkLines } from './check-lines.ts'

test.each([
  ['en', 'FAILED  Title: x'],
  ['fr', 'ÉCHEC  Title\u00a0: x'],
] as const)('a step in %s, with each line of its mend below', (locale, first) => {
  const check = { outcome: 'failed' as const, title: 'Title', evidence: 'x', mend: 'one\ntwo' }
  expect(checkLines(check, { text: translator(locale) })).toEqual([first, '    one', '    two'])
})

test('a step without evidence has its title alone', () => {
  const check = { outcome: 'ok' as const, title: 'Title', evidence: '', mend: null }
  expect(checkLines(check, { text: translator('en') })).toEqual(['ok  Title'])
})
