import { expect, test } from 'vitest'
import { goesThrough } from './proxy-settings.ts'

const url = 'http://proxy.contoso.example:3128'

test.each([
  ['', 'mail.contoso.example', 443, true],
  ['*', 'mail.contoso.example', 443, false],
  ['contoso.example', 'contoso.example', 443, false],
  ['contoso.example', 'mail.Contoso.example.', 443, false],
  ['contoso.example', 'notcontoso.example', 443, true],
  ['.contoso.example', 'mail.contoso.example', 443, false],
  ['*.contoso.example', 'mail.contoso.example', 443, false],
  ['fabrikam.example, Contoso.example', 'contoso.example', 443, false],
  ['contoso.example:993', 'contoso.example', 993, false],
  ['contoso.example:993', 'contoso.example', 443, true],
  ['192.0.2.7', '192.0.2.7', 443, false],
  ['2001:db8::7', '[2001:db8::7]', 443, false],
  ['[2001:db8::7]:443', '[2001:db8::7]', 443, false],
  ['[2001:db8::7]:443', '[2001:db8::7]', 993, true],
  [', ,', 'contoso.example', 443, true],
  ['', 'localhost', 443, false],
  ['', '127.0.0.1', 443, false],
  ['', '[::1]', 443, false],
])('with NO_PROXY=%j %s:%d goes through the proxy: %s', (exceptions, hostname, port, through) => {
  expect(goesThrough({ url, exceptions }, hostname, port)).toBe(through)
})
