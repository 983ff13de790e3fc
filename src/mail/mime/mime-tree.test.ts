import { expect, test } from 'vitest'
import { mimeTree } from './mime-tree.ts'

const treeOf = (...lines: string[]) => mimeTree(Buffer.from(lines.join('\r\n'), 'latin1'))
const mixed = 'Content-Type: multipart/mixed; boundary=b'
const part = ['--b', '', 'Yes']

test.each<[string, string[]]>([
  ['two parts', [mixed, '', ...part, ...part, '--b--', '']],
  ['blanks behind a delimiter', [mixed, '', '--b \t', '', 'Yes', '--b-- ', '']],
  ['text above the first part and below the last', [mixed, '', 'Of MIME', ...part, '--b--', 'from a list']],
  [
    'the boundary of the outer one at the beginning of the inner one',
    [
      mixed,
      '',
      '--b',
      'Content-Type: multipart/mixed; boundary=b1',
      '',
      '--b1',
      '',
      'Yes',
      '--b1--',
      '--b--',
    ],
  ],
  ['carriage returns at the end of a line', [mixed, '', '--b\r', '', 'Yes\r', '--b--']],
  ['a type that is none', ['Content-Type: text', '', 'Yes']],
  ['blanks above a colon', ['Content-Type : text/plain', '', 'Yes']],
  ['a field that is folded', ['Subject: a', ' b', 'Content-Type: text/plain;', '\tcharset=utf-8', '', 'Yes']],
])('%s: read by all in one way', (_, lines) => {
  expect(treeOf(...lines).isSound).toBe(true)
})

test.each<[string, string[]]>([
  [
    'the boundary of the inner one at the beginning of the outer one',
    [
      'Content-Type: multipart/mixed; boundary=b1',
      ...['', '--b1', mixed, '', ...part, '--b--', '--b1--', 'only if it is under 500'],
    ],
  ],
  ['a delimiter with more than blanks behind it', [mixed, '', ...part, '--b\xa0', '', 'Only if', '--b--']],
  ['a bare carriage return above a delimiter', [mixed, '', 'a\r--b', '', 'Only if', ...part, '--b--']],
  ['parts above the first', [mixed, '', '--c', 'Content-Type: text/html', '', 'Only if', ...part, '--b--']],
  ['parts below the last', [mixed, '', ...part, '--b--', '--c', 'Content-Type: text/html', '', 'Only if']],
  ['an encoding of all parts', [mixed, 'Content-Transfer-Encoding: base64', '', ...part, '--b--']],
  [
    'an encoding that makes a delimiter',
    [mixed, 'Content-Transfer-Encoding: quoted-printable', '', '=2D-b', '', 'Only if', ...part, '--b--'],
  ],
  ['a type without a semicolon behind it', ['Content-Type: text/html charset=utf-8', '', 'Yes']],
  [
    'a disposition without a semicolon behind it',
    [mixed, '', ...part, '--b', 'Content-Disposition: inline filename=a.txt', '', 'Only if', '--b--'],
  ],
  [
    'a boundary with a blank',
    ['Content-Type: multipart/mixed; boundary=b c', '', '--b c', '', 'Yes', '--b c--'],
  ],
  ['a line of blanks among the fields', ['Subject: a', ' ', 'But: only if', '', 'Yes']],
  ['a bare carriage return in a field', ['Subject: a\rContent-Type: text/html', '', 'Yes']],
])('%s: read by some in another way', (_, lines) => {
  expect(treeOf('From: nadia.roy@contoso.example', ...lines).isSound).toBe(false)
})

test('what two readers may cut in two ways is unsound at any depth', () => {
  const inner = [mixed, '', ...part, '--b x', '', 'Only if', '--b--']
  const outer = ['Content-Type: multipart/mixed; boundary=o', '', '--o', ...inner, '--o--']
  expect(treeOf('From: nadia.roy@contoso.example', ...outer).isSound).toBe(false)
})
