import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { sampleModels } from '../../../test/fixtures/mails/models.ts'
import { buildMessageId, findTokens } from '../../lib/reply-token.ts'
import { ENCLOSED_LIMIT } from '../enclosures.ts'
import { composeMail } from './compose-mail.ts'
import { toMime } from './to-mime.ts'

const token = 'k3vqy7h2mznf4abc'
const envelope = {
  messageId: buildMessageId({
    token,
    instance: 'countersign',
    unique: '0192f3a4-5b6c-7d8e-9f00-112233445566',
    domain: 'contoso.example',
  }),
  date: new Date('2026-11-24T13:00:00Z'),
}
/** Without the line break that a MIME boundary adds. */
const lines = (part: string | undefined) => part?.trimEnd().split(/\r?\n/)
const samples = (['en', 'fr'] as const).flatMap(sampleModels)

describe.each(samples)('$kind in $recipient.locale', (model) => {
  const mail = composeMail(model)

  test('arrives as it was composed', async () => {
    const { messageId, mime } = await toMime(mail, envelope)
    const parsed = await PostalMime.parse(mime)
    expect(parsed.subject).toBe(mail.subject)
    expect(lines(parsed.text)).toEqual(lines(mail.text))
    expect(lines(parsed.html)).toEqual(lines(mail.html))
    expect(parsed.messageId).toBe(messageId)
    expect(new Date(parsed.date ?? '')).toEqual(envelope.date)
    expect(parsed.from).toMatchObject(mail.from)
    expect(parsed.to).toMatchObject([mail.to])
    expect(parsed.replyTo).toMatchObject([{ address: mail.replyTo }])
    expect(parsed.inReplyTo ?? null).toBe(mail.inReplyTo)
    expect(parsed.references ?? '').toBe(mail.references.join(' '))
    for (const [name, value] of Object.entries(mail.headers))
      expect(parsed.headers.find((header) => header.key === name.toLowerCase())?.value).toBe(value)
    expect(findTokens({ subject: '', references: [parsed.messageId ?? ''], recipients: [] })).toEqual([token])
  })

  test('is 7-bit with lines of mail', async () => {
    const text = Buffer.from((await toMime(mail, envelope)).mime).toString('latin1')
    expect(text).not.toMatch(/[^\t\r\n -~]/)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998)
  })

  test('is the same octets for a repeat', async () => {
    expect(await toMime(mail, envelope)).toEqual(await toMime(mail, envelope))
  })
})

describe('files', () => {
  const [model] = samples.filter(({ kind }) => kind === 'approval')
  if (!model) throw new Error('no sample')
  const mail = composeMail(model)
  const enclosures = [
    {
      name: 'Offre « signée »; x="1".pdf',
      type: 'application/pdf',
      octets: Buffer.from('%PDF\r\n\0\xff', 'latin1'),
    },
    {
      name: `${'見積書'.repeat(85)}.pdf`.slice(-255),
      type: 'application/octet-stream',
      octets: Buffer.from([0]),
    },
  ]

  test('arrive as they are, beside the same mail', async () => {
    const parsed = await PostalMime.parse((await toMime(mail, envelope, enclosures)).mime)
    expect(lines(parsed.text)).toEqual(lines(mail.text))
    expect(lines(parsed.html)).toEqual(lines(mail.html))
    expect(
      parsed.attachments.map(({ filename, mimeType, disposition, content }) => ({
        name: filename,
        type: mimeType,
        disposition,
        octets: Buffer.from(content as ArrayBuffer),
      })),
    ).toEqual(enclosures.map((file) => ({ ...file, disposition: 'attachment' })))
  })

  test('make the same octets for a repeat, of 7 bits', async () => {
    const { mime } = await toMime(mail, envelope, enclosures)
    expect(mime).toEqual((await toMime(mail, envelope, enclosures)).mime)
    expect(Buffer.from(mime).toString('latin1')).not.toMatch(/[^\t\r\n -~]/)
  })

  test('that fill a mail of the longest form leave it within what Graph takes', async () => {
    const field = { label: 'é'.repeat(100), value: 'é'.repeat(500) }
    const longest = composeMail({
      ...model,
      request: { ...model.request, fields: Array.from({ length: 50 }, () => field) },
    })
    const size = ENCLOSED_LIMIT / 10
    const files = Array.from({ length: 10 }, (_, index) => ({
      name: `${index}${'é'.repeat(250)}.pdf`,
      type: 'application/pdf',
      octets: Buffer.alloc(size, index),
    }))
    const { mime } = await toMime(longest, envelope, files)
    const sent = Buffer.from(mime).toString('base64').length
    expect(sent).toBeLessThan(4_000_000)
    expect(sent).toBeGreaterThan(3_600_000)
  })
})

describe('names', () => {
  const [model] = samples
  if (!model) throw new Error('no sample')

  test.each([
    'Gagnon, Élodie',
    'O\'Brien "Bob" <ceo@contoso.example>',
    '👩‍💻 Nadia',
    'راشد',
    'x'.repeat(500),
    '=?utf-8?q?spoof?=',
    '@;:,',
  ])('such as %s reach one person only', async (name) => {
    const named = {
      ...model,
      recipient: { ...model.recipient, name },
      mailbox: { ...model.mailbox, displayName: name },
    }
    const mail = composeMail(named)
    const parsed = await PostalMime.parse((await toMime(mail, envelope)).mime)
    expect(parsed.from).toMatchObject({ address: model.mailbox.address })
    expect(parsed.to).toMatchObject([{ address: model.recipient.address }])
  })

  test('with line breaks add no header', async () => {
    const bad = 'Nadia\r\nBcc: x@fabrikam.example\r\n\r\n<b>'
    const hostile = {
      ...model,
      recipient: { ...model.recipient, name: bad },
      mailbox: { ...model.mailbox, displayName: bad },
      request: { ...model.request, title: bad, requesterName: bad },
    }
    const names = async (mail: ReturnType<typeof composeMail>) =>
      (await PostalMime.parse((await toMime(mail, envelope)).mime)).headers.map((header) => header.key)
    expect(await names(composeMail(hostile))).toEqual(await names(composeMail(model)))
  })

  test.each([
    'x@contoso.example, y@fabrikam.example',
    'x@contoso.example>\r\nBcc: y',
    'nobody',
    'a b@contoso.example',
    '',
  ])('an address like %j is refused', async (address) => {
    const mail = composeMail({ ...model, recipient: { ...model.recipient, address } })
    await expect(toMime(mail, envelope)).rejects.toThrow('Not an address')
  })
})
