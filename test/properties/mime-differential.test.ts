/** Our cutting of messages beside that of postal-mime: alike, or different for a reason that has a name here. */
import { globSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import MailComposer from 'nodemailer/lib/mail-composer'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import type { ParsedMessage } from '../../src/mail/message.ts'
import { parseMessage, UnreadableMessage } from '../../src/mail/parse-message.ts'

const folder = new URL('../fixtures/replies/', import.meta.url)

/** What both say of a message; white space apart, which each ends texts with in its own way. */
interface Seen {
  from: string[]
  subject: string
  messageId: string | null
  text: string | null
  html: string | null
  files: string[]
}

const plain = (text: string) => text.replace(/\s+/g, ' ').trim()

function seenByUs({ from, subject, messageId, text, html, attachments }: ParsedMessage): Seen {
  return {
    from: from.map(({ address }) => address),
    subject: plain(subject),
    messageId,
    text: html === null && text !== null ? plain(text) : null,
    html: html === null ? null : plain(html),
    files: attachments.map(({ mimeType, filename }) => `${mimeType} ${filename ?? ''}`.trim()).sort(),
  }
}

async function seenByPostalMime(raw: Buffer): Promise<Seen> {
  const message = await PostalMime.parse(raw, { forceRfc822Attachments: true })
  const html = message.html ?? null
  return {
    from: message.from?.address === undefined ? [] : [message.from.address],
    subject: plain(message.subject ?? ''),
    messageId: message.messageId ?? null,
    text: html === null && message.text !== undefined ? plain(message.text) : null,
    html: html === null ? null : plain(html),
    files: message.attachments.map(({ mimeType, filename }) => `${mimeType} ${filename ?? ''}`.trim()).sort(),
  }
}

async function parsed(raw: Buffer): Promise<ParsedMessage | null> {
  try {
    return await parseMessage({
      ...{ providerId: '', folder: 'inbox', receivedAt: new Date('2026-11-24T09:31:09Z'), raw },
      ...{ originalOctets: true, transportHeaders: null, itemClass: null },
    })
  } catch (error) {
    if (!(error instanceof UnreadableMessage)) throw error
    return null
  }
}

/** Whose messages are read in another way on purpose, by the beginning of their file's name. */
const reasons: Record<string, string> = {
  'cited/mailman-footer-as-a-part': 'plain text among HTML is escaped in another way',
  'damaged/html-footer-below-text': 'the same',
  'damaged/list-footer-below-alternatives': 'the same',
  'damaged/charset-': 'character sets that Node does not know, and byte order marks',
  'damaged/latin-1-': 'a character set that is wrong or missing is looked for in the octets',
  'damaged/utf-8-labelled-': 'the same',
  'damaged/content-type-without-slash': 'what names no type is text (RFC 2045, 5.2)',
  'damaged/enriched-text': 'text of a kind that nobody knows is text (RFC 2046, 4.1.4)',
  'damaged/text-of-an-unknown-kind': 'the same',
  'damaged/exchange-text-below-an-attachment': 'Exchange has made a file of what was text',
  'damaged/flowed-above-a-quote': 'quoted lines flow as well (RFC 3676, 4.5)',
  'damaged/nul-in-subject': 'PostgreSQL stores no NUL',
  'damaged/pgp-signed-in-the-text': 'the armour of a signature is no text',
  'damaged/smime-signed-opaquely': 'what is signed is read',
  'damaged/related-with-a-page-of-its-own': 'a page shown within a page is not what the mail says',
  'damaged/two-froms': 'every From counts',
  'damaged/uuencoded-file-in-the-text': 'a file is no text',
  'nothing-at-all': 'an empty text is a text',
}

test('every fixture that is sound is cut alike, or differs for a reason that has a name', async () => {
  const different = new Set<string>()
  let compared = 0
  for (const file of globSync('**/*.eml', { cwd: folder }).sort()) {
    const raw = readFileSync(new URL(file, folder))
    const message = await parsed(raw)
    if (message === null || message.obstacle !== null || message.isCut) continue
    compared += 1
    const isAlike = isDeepStrictEqual(seenByUs(message), await seenByPostalMime(raw))
    if (!isAlike) different.add(file)
  }
  const isNamed = (file: string) => Object.keys(reasons).some((beginning) => file.startsWith(beginning))
  expect([...different].filter((file) => !isNamed(file))).toEqual([])
  expect(compared).toBeGreaterThan(1_000)
})

const encoding = fc.constantFrom('base64', 'quoted-printable')
/** Characters of several scripts and lengths, what MIME gives a meaning to, and lines of any length. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'Yes',
        'é',
        '€',
        '好',
        '👍',
        ' ',
        '\n',
        '=',
        '=\n',
        '--',
        '\n--b',
        'From ',
        '\n.\n',
        '>',
      ),
      fc.string({ unit: 'grapheme-ascii' }),
      fc.constant('x'.repeat(200)),
    ),
    { minLength: 1, maxLength: 30 },
  )
  .map((pieces) => `a${pieces.join('')}z`)
const filename = fc.constantFrom(
  'offer.pdf',
  'Angebot (neu).pdf',
  'prévision; "2027".xlsx',
  '見積.txt',
  'x'.repeat(120),
)

const mail = fc.record({
  subject: text.map(plain),
  text: fc.option(text, { nil: undefined }),
  html: fc.option(
    text.map((words) => `<p>${words.replace(/[<>&]/g, '')}</p>`),
    { nil: undefined },
  ),
  textEncoding: encoding,
  attachments: fc.array(
    fc.record({
      filename,
      content: text,
      cid: fc.constantFrom(undefined, 'logo@contoso.example'),
      contentDisposition: fc.constantFrom('attachment', 'inline'),
      contentType: fc.constantFrom('application/pdf', 'image/png', 'application/octet-stream'),
    }),
    { maxLength: 3 },
  ),
})

test('mail of any build says what was put into it, to us and to postal-mime', async () => {
  await fc.assert(
    fc.asyncProperty(mail, async (written) => {
      const composer = new MailComposer({
        from: 'Nadia Roy <nadia.roy@contoso.example>',
        ...{ to: 'approvals@contoso.example', messageId: '<r1@contoso.example>' },
        ...(written as object),
      })
      const raw = await composer.compile().build()
      const message = await parsed(raw)
      if (message === null) throw new Error('it is no message')
      const ours = seenByUs(message)
      expect(message).toMatchObject({ obstacle: null, isCut: false })
      expect(ours.subject).toBe(written.subject)
      expect(ours.html ?? ours.text ?? '').toBe(plain(written.html ?? written.text ?? ''))
      expect(ours.files).toHaveLength(written.attachments.length)
      const theirs = await seenByPostalMime(raw)
      expect({ ...ours, text: ours.text || null }).toEqual({ ...theirs, text: theirs.text || null })
    }),
    { numRuns: 300 },
  )
})
