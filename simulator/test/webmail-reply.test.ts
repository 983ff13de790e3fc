import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { composeReply, type Reply, replyStyles } from '../src/webmail/index.ts'
import { approvalMail, approvalMessageId, approvalReplyTo, approvalSubject } from './support/sample-mails.ts'

const from = { name: 'Élodie Gagnon', address: 'elodie.gagnon@contoso.example' }
const date = new Date('2026-11-24T15:00:00Z')
const text = 'Oui\n\nLivraison avant le 15, merci.\n  <b>&amp; Élodie'

async function reply(changes: Partial<Reply>) {
  const original = await approvalMail()
  const raw = await composeReply({ original, from, text, style: 'outlook', locale: 'fr', date, ...changes })
  return PostalMime.parse(raw)
}

function rawMail(lines: readonly string[]): Uint8Array {
  return Buffer.from(['From: a@fabrikam.example', ...lines, '', 'Hello', ''].join('\r\n'))
}

describe.each(replyStyles)('a reply in the style of %s', (style) => {
  test.each(['en', 'fr'] as const)('is threaded, addressed and typed as by a person (%s)', async (locale) => {
    const mail = await reply({ style, locale })
    expect(mail.from).toEqual(from)
    expect(mail.to).toEqual([{ name: '', address: approvalReplyTo }])
    expect(mail.inReplyTo).toBe(approvalMessageId)
    expect(mail.references).toBe(`<42.opening@contoso.example> ${approvalMessageId}`)
    expect(mail.subject).toBe(`${style === 'outlook' ? 'RE' : 'Re'}: ${approvalSubject}`)
    expect(mail.date).toBe(date.toISOString())
    expect(mail.text?.startsWith(`${text}\n`)).toBe(true)
    expect(mail.text).toContain('Answer this mail with YES or NO')
  })

  test('does not repeat the subject prefix', async () => {
    for (const subject of ['RE: Purchase', 'Re: Purchase', 'RE : Purchase']) {
      const original = rawMail([`Subject: ${subject}`])
      expect((await reply({ original, style })).subject).toBe(subject)
    }
  })

  test('escapes what the person and the headers say', async () => {
    const original = rawMail(['Subject: <script>1</script>', 'To: "<i>x</i>" <x@contoso.example>'])
    const mail = await reply({ original, style })
    expect(mail.html ?? '').not.toMatch(/<script|<i>x|<b>&amp; /)
  })
})

describe('the quote', () => {
  test.each([
    [
      'outlook',
      'en',
      'text',
      /\n_{32}\nFrom: Contoso Approvals <approvals@contoso\.example>\nSent: Tuesday, November 24, 2026 2:03\sPM\nTo: Élodie Gagnon <.*>\nSubject: Purchase 42/,
    ],
    [
      'outlook',
      'fr',
      'text',
      /\nDe : Contoso Approvals <.*>\nEnvoyé : mardi 24 novembre 2026 14:03\nÀ : Élodie Gagnon <.*>\nObjet : Purchase 42/,
    ],
    ['outlook', 'fr', 'html', /<div id="divRplyFwdMsg".*<b>Envoyé :<\/b> mardi 24 novembre/],
    ['outlook', 'fr', 'html', /id="x_marker" class="x_grey x_note"/],
    [
      'gmail',
      'en',
      'text',
      /\nOn Tue, Nov 24, 2026 at 2:03\sPM Contoso Approvals <approvals@contoso\.example>\nwrote:\n\n> Nadia/,
    ],
    ['gmail', 'fr', 'text', /\nLe mar\. 24 nov\. 2026 à 14:03, Contoso Approvals <.*>\na écrit :\n\n> Nadia/],
    ['gmail', 'en', 'html', /class="gmail_attr">On Tue.*<blockquote class="gmail_quote"/],
    [
      'apple',
      'en',
      'text',
      /\nSent from my iPhone\n\n> On Nov 24, 2026, at 2:03\sPM, Contoso Approvals <.*> wrote:\n/,
    ],
    [
      'apple',
      'fr',
      'text',
      /\nEnvoyé de mon iPhone\n\n> Le 24 nov\. 2026 à 14:03, Contoso Approvals <.*> a écrit :\n/,
    ],
    ['apple', 'fr', 'html', /Envoyé de mon iPhone.*<blockquote type="cite">Le 24 nov/],
    ['plain', 'en', 'text', /\nOn 11\/24\/2026 2:03\sPM, Contoso Approvals wrote:\n> Nadia/],
    ['plain', 'fr', 'text', /\nLe 24\/11\/2026 à 14:03, Contoso Approvals a écrit :\n> Nadia/],
  ] as const)('of %s in %s (%s)', async (style, locale, part, expected) => {
    expect((await reply({ style, locale }))[part]).toMatch(expected)
  })

  test('holds the content of the original body, not a second document', async () => {
    const { html = '' } = await reply({ style: 'gmail' })
    expect(html).toContain('Nadia Belkacem asks you')
    expect(html).not.toMatch(/<html|<head|<title|<body/)
  })

  test('has no HTML part in plain text', async () => {
    expect((await reply({ style: 'plain' })).html).toBeUndefined()
  })

  test('is made of the words of a mail that has only HTML', async () => {
    const original = Buffer.from(
      'From: a@fabrikam.example\r\nContent-Type: text/html\r\n\r\n<title>t</title><p>One &amp; <b>two</b></p><p>Three</p>',
    )
    expect((await reply({ original, style: 'plain' })).text).toMatch(/> One & two\n> Three\n$/)
  })

  test('quotes a quote without a space (RFC 3676)', async () => {
    const original = Buffer.from('From: a@fabrikam.example\r\n\r\n> old\r\nnew\r\n')
    expect((await reply({ original, style: 'plain' })).text).toMatch(/\n>> old\n> new\n$/)
  })
})

test('a reply goes to From when there is no Reply-To', async () => {
  expect((await reply({ original: rawMail(['Subject: s']) })).to).toEqual([
    { name: '', address: 'a@fabrikam.example' },
  ])
})

test('a mail that names nobody cannot be answered', async () => {
  await expect(reply({ original: Buffer.from('Subject: s\r\n\r\nHello\r\n') })).rejects.toThrow(
    'nobody to reply to',
  )
})

test('endless References are cut to the newest', async () => {
  const ids = Array.from({ length: 500 }, (_, index) => `<${index}@fabrikam.example>`)
  const mail = await reply({
    original: rawMail(['Message-ID: <last@fabrikam.example>', `References: ${ids.join('\r\n ')}`]),
  })
  const references = mail.references?.split(/\s+/) ?? []
  expect(references).toHaveLength(50)
  expect(references.at(-1)).toBe('<last@fabrikam.example>')
})

test('a mail of absurdly deep HTML is quoted without an overflow', async () => {
  const deep = '<div class="a">'.repeat(100_000)
  const original = Buffer.from(`From: a@fabrikam.example\r\nContent-Type: text/html\r\n\r\n${deep}deep`)
  const { html = '' } = await reply({ original, style: 'outlook' })
  expect(html).toContain('<div class="x_a">deep')
})
