import { expect, test } from 'vitest'
import { takeUuencodedFiles } from './uuencoded-files.ts'

test('a file in the text is taken out of it', () => {
  const text = 'Yes\n\nbegin 644 cat.txt\n#0V%T\n`\nend\nThanks\n'
  expect(takeUuencodedFiles(text)).toEqual({
    text: 'Yes\n\nThanks\n',
    files: [{ filename: 'cat.txt', size: 3 }],
  })
})

test.each([
  'begin 644 the work\nonly when I say so\nend\n',
  'begin 644 cat.txt\n#0V%T\n',
  'begin 644 a\nbegin 644 b\nnot now\n',
])('what is none stays: %j', (text) => {
  expect(takeUuencodedFiles(text)).toEqual({ text, files: [] })
})

test('a hundred thousand lines that turn out to be no file are text', () => {
  const text = `begin 644 x\n${'`\n'.repeat(300_000)}no`
  expect(takeUuencodedFiles(text)).toEqual({ text, files: [] })
})

test('a line in capitals is text, though it could be longer than it says', () => {
  const text = 'begin 644 x\n(ONLY IF IT IS UNDER 500 EUROS\nend\n'
  expect(takeUuencodedFiles(text)).toEqual({ text, files: [] })
})
