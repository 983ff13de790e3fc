import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  buildMessageId,
  buildReplyAddress,
  buildSubjectTag,
  findTokens,
  namesMailOf,
  tokensIn,
} from './reply-token.ts'

const anyToken = fc
  .array(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567'), { minLength: 16, maxLength: 16 })
  .map((letters) => letters.join(''))
const anyNumber = fc.integer({ min: 1, max: 999_999_999 })
const instance = 'countersign'
const nothing = { subject: '', references: [], recipients: [] }
const token = 'k3vqy7h2mznf4abc'
const other = 'a2b3c4d5e6f7g2h3'

describe('the subject tag', () => {
  const subject = fc.record({
    title: fc.string({ maxLength: 200, size: 'max' }),
    request: anyNumber,
    action: anyNumber,
    token: anyToken,
  })

  /** What clients and gateways do to a subject. */
  const manglings: Record<string, (subject: string) => string> = {
    'left alone': (text) => text,
    'prefixed twice': (text) => `RE: RE: ${text}`,
    'prefixed in French and German': (text) => `TR : AW: ${text}`,
    'marked as external': (text) => `[EXTERNAL] ${text} (secure)`,
    'upper-cased': (text) => text.toUpperCase(),
    'folded in the middle of the tag': (text) => `${text.slice(0, -9)}\r\n ${text.slice(-9)}`,
    'with doubled blanks': (text) => text.replaceAll(' ', '  '),
  }

  test.each(Object.entries(manglings))('is found when %s', (_name, mangle) => {
    fc.assert(
      fc.property(subject, ({ title, ...parts }) => {
        const mangled = mangle(`${title} ${buildSubjectTag(parts)}`)
        expect(findTokens({ ...nothing, subject: mangled })).toEqual([parts.token])
      }),
    )
  })

  test.each([
    'RE: Purchase [#42-7]',
    `RE: Purchase #42-7-${token}`,
    `[#42-${token}]`,
    `[#42-7-${token}a]`,
    `[#42-7-${token.slice(1)}]`,
  ])('is not seen in %s', (subject) => expect(findTokens({ ...nothing, subject })).toEqual([]))
})

test('a tag inside the title is not ours', () => {
  const subject = `RE: Copy of [#1-1-${other}] ${buildSubjectTag({ request: 42, action: 7, token })}`
  expect(findTokens({ ...nothing, subject })).toEqual([token])
})

describe('the Message-ID', () => {
  test('is found anywhere in a chain of references, in any case', () => {
    fc.assert(
      fc.property(anyToken, fc.uuid(), fc.nat(20), fc.boolean(), (token, unique, position, upper) => {
        const id = buildMessageId({ token, instance, unique, domain: 'contoso.example' })
        const references = Array.from({ length: 20 }, (_, index) => `<${index}@fabrikam.example>`)
        references.splice(position, 0, upper ? id.toUpperCase() : id)
        expect(findTokens({ ...nothing, references })).toEqual([token])
      }),
    )
  })

  test('carries no token when nobody is to answer', () => {
    const id = buildMessageId({
      token: null,
      instance,
      unique: 'abcdefghijklmnop',
      domain: 'contoso.example',
    })
    expect(id).toBe('<countersign.countersign.abcdefghijklmnop@contoso.example>')
    expect(findTokens({ ...nothing, references: [id] })).toEqual([])
  })

  test('takes nothing that could end the header', () => {
    const parts = { token, instance, unique: 'u1', domain: 'contoso.example' }
    expect(() => buildMessageId({ ...parts, token: `${token}\r\nBcc: x` })).toThrow('Not a reply token')
    expect(() => buildMessageId({ ...parts, unique: 'u>\r\n' })).toThrow()
    expect(() => buildMessageId({ ...parts, domain: 'contoso.example>\n' })).toThrow()
    expect(() => buildMessageId({ ...parts, instance: 'a b' })).toThrow('Not an instance prefix')
  })

  test.each([
    ['countersign', true],
    ['test', false],
    ['countersign.test', false],
    ['sign', false],
  ])('a report names mail of the instance that made it: %s', (other, isOurs) => {
    for (const one of [token, null]) {
      const id = buildMessageId({ token: one, instance: other, unique: 'u1', domain: 'contoso.example' })
      expect(namesMailOf(instance, `Message-ID: ${id}\r\n`)).toBe(isOurs)
      expect(namesMailOf(other, `Message-ID: ${id}\r\n`)).toBe(true)
    }
    expect(namesMailOf('a.b', '<countersign.axb.u1@contoso.example>')).toBe(false)
  })

  test('of somebody else is not ours', () => {
    const references = [`<${token}.u1@contoso.example>`, `<x.countersign.${token}.u1@contoso.example>`]
    expect(findTokens({ ...nothing, references })).toEqual([])
  })
})

test('tokens are found anywhere in a text, each once and so many at most', () => {
  const address = buildReplyAddress('approvals@contoso.example', other)
  const tag = buildSubjectTag({ request: 42, action: 7, token })
  const text = `Subject: Re: x ${tag}\r\nReply-To: <${address}>\r\n${tag} +${token.slice(1)}@`
  expect(tokensIn(text, 9)).toEqual([token, other])
  expect(tokensIn(text, 1)).toEqual([token])
})

describe('the reply address', () => {
  test('is found among the recipients, in any case', () => {
    fc.assert(
      fc.property(anyToken, fc.boolean(), (token, upper) => {
        const address = buildReplyAddress('approvals@contoso.example', token)
        const recipients = ['nadia@contoso.example', upper ? address.toUpperCase() : address]
        expect(findTokens({ ...nothing, recipients })).toEqual([token])
      }),
    )
  })

  test('stays plain where the local part would exceed 64 octets', () => {
    const fits = `${'a'.repeat(47)}@contoso.example`
    const tooLong = `${'a'.repeat(48)}@contoso.example`
    expect(buildReplyAddress(fits, token)).toBe(`${'a'.repeat(47)}+${token}@contoso.example`)
    expect(buildReplyAddress(tooLong, token)).toBe(tooLong)
    const octets = `${'é'.repeat(24)}@contoso.example`
    expect(buildReplyAddress(octets, token)).toBe(octets)
  })
})

test('every token is reported once, the Message-ID first', () => {
  const head = {
    subject: `RE: Purchase ${buildSubjectTag({ request: 42, action: 7, token: other })}`,
    references: [buildMessageId({ token, instance, unique: 'u1', domain: 'contoso.example' })],
    recipients: [`approvals+${other}@contoso.example`],
  }
  expect(findTokens(head)).toEqual([token, other])
})

test('a hostile head is read quickly and to the end', () => {
  const head = {
    subject: '[#1-1-'.repeat(200_000),
    references: Array.from({ length: 5_000 }, () => `<countersign.${'a'.repeat(2_000)}`),
    recipients: Array.from({ length: 5_000 }, () => '+'.repeat(2_000)),
  }
  expect(findTokens(head)).toEqual([])
})
