import { expect, test } from 'vitest'
import { questionMarkAt } from './text-lines.ts'

test.each([
  ['Yes', -1],
  ['Yes?', 3],
  ['はい？', 2],
  ['Sent from Mail <https://go.contoso.example/link?id=5>', -1],
  ['https://go.contoso.example/link?', 31],
  ['https://go.contoso.example/link?id=5 really?', 43],
  ['Yes?no', 3],
])('the question mark of %j', (text, at) => {
  expect(questionMarkAt(text)).toBe(at)
})
