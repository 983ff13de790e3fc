import { describe, expect, test } from 'vitest'
import type { ParsedMessage } from '../../src/mail/message.ts'
import { parseMessage } from '../../src/mail/parse-message.ts'
import { type ComposedMail, composeMail } from '../../src/outbound/compose/compose-mail.ts'
import { readReply } from '../../src/replies/read-reply.ts'
import { fileModels } from '../fixtures/mails/file-models.ts'
import { sampleModels } from '../fixtures/mails/models.ts'

const crlf = (lines: string[]) => lines.join('\r\n')
const file = (name: string, disposition: string, type = 'application/pdf', octets = '%PDF-1.7') =>
  crlf([
    `Content-Type: ${type}; name="${name}"`,
    `Content-Disposition: ${disposition}; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(octets).toString('base64'),
  ])

function message(subject: string, parts: string[]): Promise<ParsedMessage> {
  const head = [
    'From: Elodie Gagnon <elodie.gagnon@contoso.example>',
    `Subject: ${subject}`,
    'MIME-Version: 1.0',
  ]
  const body =
    parts.length === 1
      ? [...head, parts[0] ?? '']
      : [
          ...head,
          'Content-Type: multipart/mixed; boundary="=_files"',
          '',
          ...parts.map((part) => crlf(['--=_files', part])),
          '--=_files--',
        ]
  return parseMessage({
    providerId: '1',
    folder: 'inbox',
    receivedAt: new Date('2026-11-24T13:02:00Z'),
    raw: Buffer.from(crlf(body)),
    originalOctets: true,
    transportHeaders: null,
    itemClass: null,
  })
}

const text = (content: string) =>
  crlf(['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', content])

/** Our mail below the block that Outlook writes, with the line of files that it shows there. */
const quotedByOutlook = (mail: ComposedMail, answer: string) =>
  text(
    crlf([
      answer,
      '',
      '________________________________',
      'From: Contoso Approvals <approvals@contoso.example>',
      'Sent: Tuesday, November 24, 2026 2:58 PM',
      'To: Elodie Gagnon <elodie.gagnon@contoso.example>',
      `Subject: ${mail.subject}`,
      '',
      ...mail.text.split('\n'),
    ]),
  )

const quotedByApple = (mail: ComposedMail, answer: string) =>
  text(
    crlf([
      answer,
      '',
      '> On 24 Nov 2026, at 14:58, Contoso Approvals <approvals@contoso.example> wrote:',
      '> ',
      ...mail.text.split('\n').map((line) => `> ${line}`),
      '> <Signed offer.pdf>',
      '> <litware-2026-1184.xlsx>',
    ]),
  )

const question = {
  id: 'Q1',
  choices: [
    { result: 'YES', keywords: ['Yes', 'Oui'] },
    { result: 'NO', keywords: ['No', 'Non'] },
  ],
}

const plain = sampleModels('en').find(({ kind }) => kind === 'approval')
if (!plain) throw new Error('no sample')
const mails = { 'without files': plain, ...fileModels('en') }
const returned = [file('Signed offer.pdf', 'attachment'), file('litware-2026-1184.xlsx', 'inline')]

describe.each(Object.entries(mails))('a reply to the %s mail', (_, model) => {
  const mail = composeMail(model)
  const read = async (subject: string, parts: string[]) => {
    const context = {
      questions: [question],
      locale: 'en',
      brackets: '[]',
      sentText: mail.text,
      learnedFooters: [],
    }
    const { kind, answers, comment, reason } = readReply(await message(subject, parts), context)
    return { kind, answers, comment: comment.trim(), reason }
  }
  const decided = { kind: 'answers', answers: { Q1: 'YES' }, comment: 'Before the 15th.', reason: null }

  test('from Outlook, which returns no files, reads as ever', async () => {
    expect(await read(`RE: ${mail.subject}`, [quotedByOutlook(mail, 'Yes\r\nBefore the 15th.')])).toEqual(
      decided,
    )
  })

  test('with the files returned, as a forward has them, reads as ever', async () => {
    const parts = [quotedByOutlook(mail, 'Yes\r\nBefore the 15th.'), ...returned]
    expect(await read(`FW: ${mail.subject}`, parts)).toEqual(decided)
  })

  test('from Apple Mail, which names or returns them in place, reads as ever', async () => {
    const reply = quotedByApple(mail, 'Yes\r\nBefore the 15th.')
    expect(await read(`Re: ${mail.subject}`, [reply])).toEqual(decided)
    expect(await read(`Re: ${mail.subject}`, [reply, ...returned, text('')])).toEqual(decided)
  })

  test('that says nothing decides nothing, whatever comes back with it', async () => {
    const yes = [file('yes.pdf', 'inline', 'application/pdf', 'Yes'), file('Yes.docx', 'attachment')]
    for (const parts of [[quotedByOutlook(mail, '')], [quotedByOutlook(mail, ''), ...yes]]) {
      expect(await read(`FW: ${mail.subject}`, parts)).toMatchObject({ answers: {} })
    }
  })
})
