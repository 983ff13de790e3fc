import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskEnvelope } from './trace-call.ts'

test('what was asked and how it went is shown, what a mail holds is not', () => {
  const envelope =
    '<s:Envelope xmlns:s="urn:s"><t:SmtpAddress>approvals@contoso.example</t:SmtpAddress>' +
    '<t:ItemId Id="AAMk" ChangeKey="CQ=="/><t:Constant Value="&lt;k3v.1@contoso&gt;"/>' +
    "<t:Constant Value='k3v'/><t:Subject>Re: [#42-7-k3v]</t:Subject><t:MimeContent>UmU6</t:MimeContent>" +
    '<m:ResponseCode>NoError</m:ResponseCode><t:Size>12</t:Size></s:Envelope>'
  expect(maskEnvelope(envelope)).toBe(
    '<s:Envelope><t:SmtpAddress>approvals@contoso.example</t:SmtpAddress>' +
      '<t:ItemId Id="AAMk" ChangeKey="CQ=="/><t:Constant Value="…"/>' +
      '<t:Constant Value="…"/><t:Subject>…</t:Subject><t:MimeContent>…</t:MimeContent>' +
      '<m:ResponseCode>NoError</m:ResponseCode><t:Size>12</t:Size></s:Envelope>',
  )
})

test.each([
  '<t:Constant Value="a>secret"/>',
  '<!-- secret --><t:Body>secret</t:Body>',
  '<![CDATA[secret<b>secret]]>secret',
  '<t:Subject>secret',
  '<t:Constant Value="secret',
  '<t:Constant Value=secret/>',
  '<html lang="secret"><title>secret</title></html>',
  'secret',
])('nothing gets out of %s', (text) => {
  expect(maskEnvelope(text)).not.toContain('secret')
})

test('nothing gets out wherever an envelope is cut', () => {
  const part = fc.constantFrom('<', '>', '"', "'", '=', ' ', '/', '!', '&', 't:Subject', 'Value', 'SECRET')
  fc.assert(
    fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
      // A name or a namespace is a name wherever it stands; words of a mail stand in text and in values.
      const text = parts.join('').replaceAll(/<(\/?)(?=[^<>\s]*SECRET)/g, '<$1 ')
      expect(maskEnvelope(text).replaceAll(/ [\w:.-]*SECRET[\w:.-]*="…"/g, '')).not.toContain('SECRET')
    }),
    { numRuns: 2_000 },
  )
})

test('a long envelope is cut', () => {
  const masked = maskEnvelope(`<m:R>${'<t:Size>1</t:Size>'.repeat(100_000)}`)
  expect(masked.length).toBeLessThan(33_000)
  expect(masked.endsWith('…')).toBe(true)
})
