import { expect, test } from 'vitest'
import { cleanFileName, declaredType } from './file-name.ts'

test.each([
  ['offer.pdf', 'offer.pdf'],
  ['C:\\Users\\nadia\\offer.pdf', 'offer.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['  Devis signé.pdf ', 'Devis signé.pdf'],
  ['Devis signe\u0301.pdf', 'Devis signé.pdf'],
  ['offer\r\nX-Evil: 1.pdf', 'offerX-Evil: 1.pdf'],
  ['offer\u202efdp.exe', 'offerfdp.exe'],
  ['invoice/', 'invoice'],
  ['..', 'file'],
  ['\u200b', 'file'],
])('keeps %j as %j', (given, kept) => {
  expect(cleanFileName(given)).toBe(kept)
})

test.each([
  ['application/PDF; charset=x', 'application/pdf'],
  ['image/png', 'image/png'],
  ['text', 'application/octet-stream'],
  ['text/html\r\nx', 'application/octet-stream'],
  [undefined, 'application/octet-stream'],
])('takes %j for %s', (declared, type) => {
  expect(declaredType(declared)).toBe(type)
})
