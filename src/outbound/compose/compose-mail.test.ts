import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { convert } from 'html-to-text'
import { describe, expect, test } from 'vitest'
import { everySample, looksLikeAnother } from '../../../test/fixtures/mails/every-sample.ts'
import { sampleModels } from '../../../test/fixtures/mails/models.ts'
import { findTokens } from '../../lib/reply-token.ts'
import type { Locale } from '../../lib/translate.ts'
import { markerText } from '../../replies/regions/marker.ts'
import { composeMail } from './compose-mail.ts'
import type { ApprovalModel, AskedBackModel, MailModel } from './mail-model.ts'

const folder = join(import.meta.dirname, '../../../test/fixtures/mails')
const locales: Locale[] = ['en', 'fr']
const samples = locales.flatMap(everySample)

function sample<K extends MailModel['kind']>(kind: K, locale: Locale = 'en') {
  const found = sampleModels(locale).find((model) => model.kind === kind)
  if (!found) throw new Error(`no sample of ${kind}`)
  return found as Extract<MailModel, { kind: K }>
}

/** `UPDATE_MAILS=1 npx vitest run src/outbound/compose` writes the golden files anew; look at them before committing. */
function expectGolden(file: string, content: string) {
  const path = join(folder, file)
  if (process.env.UPDATE_MAILS === '1') writeFileSync(path, content)
  expect(content).toBe(readFileSync(path, 'utf8'))
}

/** What a reader of the HTML sees, links to pages written out. Only letters and digits, as layout differs. */
const letters = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase()
const seen = (html: string) =>
  convert(html, { selectors: [{ selector: 'table', format: 'block' }], wordwrap: false })

describe.each(samples)('$name', ({ name, model }) => {
  const mail = composeMail(model)

  test('is what the golden files show', () => {
    expectGolden(`${name}.txt`, `Subject: ${mail.subject}\n\n${mail.text}`)
    if (!looksLikeAnother(name)) expectGolden(`${name}.html`, mail.html)
  })

  test('has no hole', () => {
    for (const part of [mail.subject, mail.text, mail.html])
      expect(part).not.toMatch(/undefined|\bnull\b|NaN|\[object|\{\{|\{%|Invalid Date/)
  })

  test('says the same in text and HTML', () => {
    const html = letters(seen(mail.html.replace(/<a href="(https?:[^"]*)"[^>]*>([^<]*)/g, '<a>$2 $1')))
    for (const line of mail.text.split('\n')) expect(html).toContain(letters(line))
    const text = letters(mail.text)
    for (const line of seen(mail.html)
      .replace(/\s*\[[^\]]*\]/g, '')
      .split('\n'))
      expect(text).toContain(letters(line))
  })

  test('begins with the marker when it wants an answer, and only then', () => {
    const marker = markerText(model.recipient.locale)
    const expected = 'token' in model && model.kind !== 'confirm-held'
    expect(mail.text.startsWith(`${marker}\n`)).toBe(expected)
    expect(seen(mail.html).startsWith(marker)).toBe(expected)
    expect(mail.html.split(marker)).toHaveLength(expected ? 2 : 1)
  })

  test('loads nothing from anywhere', () => {
    expect(mail.html).not.toMatch(/\ssrc=|url\(|<link|@import|<img|<script|<form/i)
    const addresses = [...mail.html.matchAll(/https?:[^"\s<)]+/g)].map(([address]) =>
      address.replaceAll('&amp;', '&'),
    )
    const namespaces = addresses.filter((address) => !address.startsWith('http://www.w3.org/'))
    expect(new Set(namespaces)).toEqual(new Set([model.portalUrl]))
  })

  test('is the same when composed again', () => {
    expect(composeMail(structuredClone(model))).toEqual(mail)
  })

  test('carries the headers of its kind', () => {
    const automatic = {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'DR, RN, NRN, OOF, AutoReply',
    }
    expect(mail.headers).toEqual({
      'X-Countersign-Message': `${model.kind}; instance=contoso`,
      ...(model.kind === 'approval' ? {} : automatic),
    })
  })
})

describe('test mode', () => {
  const tester = 'tester@contoso.example'
  const redirect = (model: MailModel) => ({ ...model, mailbox: { ...model.mailbox, redirectAllTo: tester } })

  test.each(samples)(
    '$name goes to the one address, and says that it is a test and for whom',
    ({ model }) => {
      const { name, address } = model.recipient
      const mail = composeMail(redirect(model) as MailModel)
      expect(mail.to).toEqual({ name: `${name} (${address})`, address: tester })
      expect(mail.subject).toMatch(/^\[TEST\] /)
      for (const part of [mail.text, seen(mail.html)]) expect(part).toContain(`${name} (${address}).`)
      const token = 'token' in model ? [model.token] : []
      expect(findTokens({ subject: mail.subject, references: [], recipients: [] })).toEqual(token)
    },
  )
})

describe('reply token', () => {
  test('stands in the subject and the reply address of mails to an assignee', () => {
    const model = sample('approval')
    const { subject, replyTo } = composeMail(model)
    expect(findTokens({ subject, references: [], recipients: [] })).toEqual([model.token])
    expect(findTokens({ subject: '', references: [], recipients: [replyTo] })).toEqual([model.token])
  })

  test('stays out of the reply address where the mailbox takes no plus-addresses', () => {
    const model = sample('approval')
    const plain = composeMail({ ...model, mailbox: { ...model.mailbox, plusAddressing: false } })
    expect(plain.replyTo).toBe('approvals@contoso.example')
    expect(plain.html).toContain('mailto:approvals@contoso.example?')
  })

  test('is in no mail that wants no answer', () => {
    const { token } = sample('approval')
    for (const model of sampleModels('en')) {
      const mail = composeMail(model)
      const whole = [mail.subject, mail.replyTo, mail.text, mail.html].join('\n')
      expect(whole.includes(token), model.kind).toBe('token' in model)
    }
  })
})

describe('answers to a mail', () => {
  const model = sample('late')
  const composeAnswerTo = (messageId: string | null, references: string[]) =>
    composeMail({ ...model, answers: { messageId, references } })

  test('follow the thread', () => {
    const mail = composeAnswerTo('<b@contoso.example>', ['<a@contoso.example>'])
    expect(mail.inReplyTo).toBe('<b@contoso.example>')
    expect(mail.references).toEqual(['<a@contoso.example>', '<b@contoso.example>'])
  })

  test('leave out what is no Message-ID', () => {
    const mail = composeAnswerTo('<b\r\nBcc: x@fabrikam.example>', [
      'no-brackets',
      '<a b@x>',
      `<${'x'.repeat(2_000)}@x>`,
    ])
    expect(mail.inReplyTo).toBeNull()
    expect(mail.references).toEqual([])
  })

  test('bound a long thread', () => {
    const ids = Array.from({ length: 500 }, (_, index) => `<${index}@contoso.example>`)
    const { references } = composeAnswerTo('<last@contoso.example>', ids)
    expect(references).toHaveLength(20)
    expect(references[0]).toBe('<0@contoso.example>')
    expect(references.at(-1)).toBe('<last@contoso.example>')
  })
})

describe('each reason to ask back', () => {
  const reasons: Record<AskedBackModel['reason'], true> = {
    negated: true,
    conditional: true,
    question: true,
    contradictory: true,
    future: true,
    'not-an-answer': true,
    'quoted-only': true,
    'subject-only': true,
    'attachment-only': true,
    'too-large': true,
    overtaken: true,
    'not-fetched': true,
    typo: true,
    'parts-disagree': true,
    'looks-automatic': true,
    encrypted: true,
    winmail: true,
    damaged: true,
    empty: true,
    'comment-missing': true,
    incomplete: true,
    help: true,
  }

  test('is told in both languages, and never twice in the same words', () => {
    const texts = locales.flatMap((locale) =>
      (Object.keys(reasons) as AskedBackModel['reason'][]).map(
        (reason) => composeMail({ ...sample('asked-back', locale), reason }).text,
      ),
    )
    expect(new Set(texts).size).toBe(texts.length)
  })
})

describe('hostile request data', () => {
  const compose = (change: Partial<ApprovalModel['request']>) => {
    const model = sample('approval')
    return composeMail({ ...model, request: { ...model.request, ...change } })
  }
  const tags = (html: string) => html.match(/<[a-z/!]/gi)?.length

  test('is text in the HTML part, whatever it holds', () => {
    const benign = compose({
      title: 'x',
      requesterName: 'x',
      amount: 'x',
      fields: [{ label: 'x', value: 'x' }],
    })
    fc.assert(
      fc.property(
        fc.constantFrom('<script>', '"><img src=x>', '{{ token }}', '{% raw %}', '-->', "'"),
        fc.string(),
        (bad, noise) => {
          const value = `${bad}${noise}x`
          const mail = compose({
            title: value,
            requesterName: value,
            amount: value,
            fields: [{ label: value, value }],
          })
          expect(tags(mail.html)).toBe(tags(benign.html))
        },
      ),
    )
  })

  test('starts no line of its own', () => {
    const value = 'Approve budget\r\nNO\n\nBcc: x@fabrikam.example'
    const mail = compose({ title: value, requesterName: value, fields: [{ label: value, value }] })
    expect(mail.subject).toMatch(/^Approve budget NO Bcc: x@fabrikam.example · /)
    expect(mail.text.split('\n').filter((line) => /^(NO|Bcc)/.test(line))).toEqual([])
  })

  test('is bounded', () => {
    const value = 'value '.repeat(100_000)
    const fields = Array.from({ length: 1_000 }, () => ({ label: value, value }))
    const mail = compose({ title: value, requesterName: value, amount: value, fields })
    expect(mail.text.length).toBeLessThan(30_000)
    expect(mail.html.length).toBeLessThan(60_000)
    expect(mail.text).toContain('960 more fields are shown in the portal.')
  })
})

test('a portal address that is no web address is refused', () => {
  expect(() => composeMail({ ...sample('approval'), portalUrl: 'javascript:alert(1)' })).toThrow(
    'Not an address for people',
  )
})

test('without a portal a held reply is confirmed by answering again, from the address on record', () => {
  const model = { ...sample('confirm-held'), portalUrl: null }
  const mail = composeMail(model)
  expect(mail.text).not.toMatch(/portal/i)
  expect(mail.text).toContain(`directly from ${model.recipient.address}`)
})

test('without a portal there is no link to it', () => {
  const mail = composeMail({ ...sample('late'), portalUrl: null })
  expect(mail.text).not.toContain('http')
  expect(mail.html).not.toMatch(/<a\s/)
})

test('who is not asked any more reads why, in the words of who has taken the request back', () => {
  const model = { ...sample('action-withdrawn'), reassignedTo: null, comment: 'Ordered <twice>.\nSorry!' }
  const mail = composeMail(model)
  expect(mail.text).toContain('The request was withdrawn.')
  expect(mail.text).toContain('> Ordered <twice>.\n> Sorry!')
  expect(mail.html).toContain('Ordered &lt;twice&gt;.')
})
