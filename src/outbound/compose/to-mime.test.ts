import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { sampleModels } from '../../../test/fixtures/mails/models.ts'
import { buildMessageId, findTokens } from '../../lib/reply-token.ts'
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
