import { expect, test } from 'vitest'
import { flowedText } from './flowed-text.ts'

test.each([
  ['lines that flow', 'Yes, take \nthem all.\nThanks', 'Yes, take them all.\nThanks'],
  ['stuffed lines', ' From here\n >no quote', 'From here\n>no quote'],
  ['a signature', 'Yes \n-- \nNadia', 'Yes -- \nNadia'],
  ['another depth of quotes', 'Yes \n> Purchase of \n> monitors', 'Yes \n> Purchase of monitors'],
])('%s', (_, text, flowed) => {
  expect(flowedText(text, false)).toBe(flowed)
})

test('spaces that stand for line breaks alone', () => {
  expect(flowedText('lon \ng ca \nbles', true)).toBe('long cables')
})
