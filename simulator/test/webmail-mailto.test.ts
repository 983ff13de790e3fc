import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { composeFromMailto, mailtoLinks, parseMailto } from '../src/webmail/index.ts'
import { approvalMail, approvalReplyTo, approvalSubject } from './support/sample-mails.ts'

const from = { name: 'Élodie Gagnon', address: 'elodie.gagnon@contoso.example' }
const date = new Date('2026-11-24T15:00:00Z')

describe('parseMailto (RFC 6068)', () => {
  test.each([
    ['an escaped plus sign', 'mailto:a%2Bb@contoso.example', { to: 'a+b@contoso.example' }],
    [
      'a literal plus sign stays one',
      'mailto:a+b@contoso.example?subject=1+1',
      { to: 'a+b@contoso.example', subject: '1+1' },
    ],
    [
      'addresses in the path and in to',
      'mailto:a@x.example?to=b@x.example',
      { to: 'a@x.example, b@x.example' },
    ],
    [
      'an escaped comma does not split',
      'mailto:%22a%2Cb%22@x.example,c@x.example',
      { to: '"a,b"@x.example, c@x.example' },
    ],
    ['lines of the body', 'mailto:a@x.example?body=YES%0D%0Amerci', { body: 'YES\nmerci' }],
    ['UTF-8', 'mailto:a@x.example?subject=caf%C3%A9', { subject: 'café' }],
    ['names in any case', 'MAILTO:a@x.example?SUBJECT=s&Cc=c@x.example', { subject: 's', cc: 'c@x.example' }],
    ['an equals sign inside a value', 'mailto:a@x.example?body=a=b', { body: 'a=b' }],
    [
      'a broken escape stays as written',
      'mailto:a@x.example?subject=100%&body=%zz',
      { subject: '100%', body: '%zz' },
    ],
    ['an unescaped # starts no fragment', 'mailto:a@x.example?subject=Buy #42-7', { subject: 'Buy #42-7' }],
    [
      'a line break cannot leave the subject',
      'mailto:a@x.example?subject=s%0D%0ABcc:%20m@x.example',
      { subject: 's Bcc: m@x.example' },
    ],
    [
      'unsafe header fields are ignored',
      'mailto:a@x.example?from=m@x.example&bcc=m@x.example&in-reply-to=x',
      { to: 'a@x.example' },
    ],
    ['not a mailto link', 'https://x.example/?subject=s', { to: '' }],
  ])('%s', (_name, uri, expected) => {
    expect(parseMailto(uri)).toEqual({ to: 'a@x.example', cc: '', subject: '', body: '', ...expected })
  })

  test('gives back whatever a sender encoded', () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, '').toWellFormed())
    fc.assert(
      fc.property(line, line, (subject, body) => {
        const uri = `mailto:a@x.example?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`
        expect(parseMailto(uri)).toMatchObject({ subject, body })
      }),
    )
  })
})

test('mailtoLinks lists the buttons of an approval, entities decoded', async () => {
  const links = await mailtoLinks(await approvalMail())
  expect(links.map(({ label }) => label)).toEqual(['Approve', 'Refuse'])
  expect(parseMailto(links[0]?.href ?? '')).toEqual({
    to: approvalReplyTo,
    cc: '',
    subject: `RE: ${approvalSubject}`,
    body: 'YES\n',
  })
})

test('composeFromMailto builds the new message a mail client sends for a button', async () => {
  const [approve] = await mailtoLinks(await approvalMail())
  const raw = await composeFromMailto({ mailto: approve?.href ?? '', from, date })
  const mail = await PostalMime.parse(raw)
  expect(mail).toMatchObject({
    from,
    to: [{ address: approvalReplyTo }],
    subject: `RE: ${approvalSubject}`,
    text: 'YES\n',
    date: date.toISOString(),
  })
  expect(mail.inReplyTo).toBeUndefined()
  expect(mail.references).toBeUndefined()
  expect(Buffer.from(raw).toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
})
