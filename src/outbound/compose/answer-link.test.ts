import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerLink } from './answer-link.ts'

const tag = '[#42-7-k3vqy7h2mznf4abc]'
const to = 'approvals+k3vqy7h2mznf4abc@contoso.example'

/** Reads a link back as RFC 6068 says; a `+` means itself. */
function read(link: string) {
  const [, address, query] = /^mailto:(.*)\?(.*)$/.exec(link) ?? []
  const fields = new Map(
    query?.split('&').map((field) => field.split('=').map(decodeURIComponent) as [string, string]),
  )
  return { to: decodeURIComponent(address ?? ''), subject: fields.get('subject'), body: fields.get('body') }
}

test('opens a reply with the tag and the answer', () => {
  const link = answerLink({ to, subject: "Achat d'écrans, 3 · 900,00 €", tag, lines: ['OUI'] })
  expect(link).toContain('approvals%2Bk3vqy7h2mznf4abc@contoso.example')
  expect(link).toContain('body=OUI%0D%0A%0D%0A')
  expect(read(link)).toEqual({ to, subject: `RE: Achat d'écrans, 3 · 900,00 € ${tag}`, body: 'OUI\r\n\r\n' })
})

test('any subject and word give a link of at most 1,800 plain characters with the tag whole', () => {
  const subject = fc.string({ unit: 'grapheme', maxLength: 400, size: 'max' })
  const replyWord = fc
    .string({ unit: 'grapheme', maxLength: 60, size: 'max' })
    .filter((word) => word.length <= 60)
  fc.assert(
    fc.property(subject, replyWord, (subject, replyWord) => {
      const link = answerLink({ to, subject, tag, lines: [replyWord] })
      expect(link.length).toBeLessThanOrEqual(1_800)
      expect(link).toMatch(/^mailto:[\w.~%-]+@[\w.~%-]+\?subject=[\w.~%-]+&body=[\w.~%-]+$/)
      const found = read(link)
      expect(found.body).toBe(`${replyWord}\r\n\r\n`)
      expect(found.subject?.endsWith(` ${tag}`)).toBe(true)
      expect(`RE: ${subject}`.startsWith(found.subject?.slice(0, -tag.length - 1) ?? '-')).toBe(true)
    }),
  )
})

test('a long subject is shortened', () => {
  const link = answerLink({ to, subject: '購'.repeat(400), tag, lines: ['OUI'] })
  expect(link.length).toBeGreaterThan(1_780)
  expect(link.length).toBeLessThanOrEqual(1_800)
})
