import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ProcessDefinition } from './process.ts'
import { renderTitle } from './render-title.ts'

const base = { label: { en: 'Label' }, filledBy: 'requester', required: false } as const
const definition: ProcessDefinition = {
  name: 'purchase',
  title: { en: 'Purchase', fr: 'Achat' },
  description: null,
  requestTitle: { en: '{{ item }} for {{amount}}', fr: '{{ item }} pour {{amount}}' },
  fields: [
    { ...base, name: 'item', type: 'text' },
    { ...base, name: 'amount', type: 'money', currency: 'EUR' },
  ],
  steps: [],
  attachments: 'optional',
  endings: {},
}
const titled = (en: string): ProcessDefinition => ({ ...definition, requestTitle: { en } })

test('fields are written in the reader’s notation', () => {
  const data = { item: '12 laptops', amount: '18460.00' }
  expect(renderTitle(definition, data, 'en')).toBe('12 laptops for €18,460.00')
  expect(renderTitle(definition, data, 'fr')).toMatch(/^12 laptops pour 18\s460,00\s€$/)
})

test('a field without a value leaves nothing, and a title without anything is the process’s', () => {
  expect(renderTitle(definition, { item: 'Laptops' }, 'en')).toBe('Laptops for')
  expect(renderTitle(titled('{{ item }}'), {}, 'fr')).toBe('Achat')
  expect(renderTitle(titled('{{ constructor }}'), {}, 'en')).toBe('Purchase')
})

test('a value is inserted as it is, once', () => {
  expect(renderTitle(titled('{{ item }}'), { item: '{{ amount }} $& $1' }, 'en')).toBe('{{ amount }} $& $1')
})

test('a value can neither break out of a header nor turn the text around it', () => {
  const item = 'Laptops\r\nBcc: mallory@litware.example\u0000\u202etxet\u2066\u2028next'
  expect(renderTitle(titled('{{ item }}'), { item }, 'en')).toBe(
    'Laptops Bcc: mallory@litware.example txet next',
  )
})

test('a title is one line of at most 200 units, cut between characters', () => {
  expect(renderTitle(titled('{{ item }}'), { item: '👍'.repeat(150) }, 'en')).toBe(`${'👍'.repeat(99)}…`)
  const item = fc.string({ unit: 'binary', maxLength: 400 })
  fc.assert(
    fc.property(item, (value) => {
      const title = renderTitle(titled('x {{ item }}'), { item: value }, 'en')
      expect(title.length).toBeLessThanOrEqual(200)
      expect(title).toMatch(/^[^\p{Cc}\u2028\u2029\u202a-\u202e]+$/u)
      expect(title.isWellFormed()).toBe(value.isWellFormed())
    }),
  )
})
