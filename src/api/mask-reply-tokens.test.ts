import { expect, test } from 'vitest'
import { buildMessageId, buildReplyAddress, buildSubjectTag } from '../lib/reply-token.ts'
import { maskReplyTokens } from './mask-reply-tokens.ts'

const token = 'k3vqz7a2b4c5d6ef'

test.each([
  ['Message-ID', buildMessageId({ token, instance: 'countersign', unique: 'a1', domain: 'contoso.example' })],
  ['plus-address', buildReplyAddress('approvals@contoso.example', token)],
  ['subject tag', `RE: Purchase ${buildSubjectTag({ request: 42, action: 7, token })}`],
  ['upper-cased tag', `RE: ${buildSubjectTag({ request: 42, action: 7, token }).toUpperCase()}`],
  ['mailto link', `mailto:approvals%2B${token}%40contoso.example?subject=%5B%2342-7-${token}%5D`],
  ['folded subject', `RE: [#42-7-${token.slice(0, 6)}\r\n ${token.slice(6)}]`],
  ['quoted-printable', `[#42-7-${token.slice(0, 6)}=\r\n${token.slice(6)}]`],
])('%s', (_, text) => {
  const masked = maskReplyTokens(text)
  expect(masked).toHaveLength(text.length)
  expect(masked.replace(/=?\s/g, '').toLowerCase()).not.toContain(token)
  expect(masked).not.toBe(text)
})

test('other words and numbers stay', () => {
  const text = 'responsibilities +33 1 23 45 67 89 jean+budget@contoso.example [#42-7] countersign.example'
  expect(maskReplyTokens(text)).toBe(text)
})
