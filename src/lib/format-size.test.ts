import { expect, test } from 'vitest'
import { formatSize } from './format-size.ts'

test.each([
  [1, '1 kB', '1\u202fko'],
  [186_368, '182 kB', '182\u202fko'],
  [1_023_500, '1 MB', '1\u202fMo'],
  [1_258_291, '1.2 MB', '1,2\u202fMo'],
  [10 * 1024 * 1024, '10 MB', '10\u202fMo'],
])('%d octets are %s', (octets, english, french) => {
  expect([formatSize(octets, 'en'), formatSize(octets, 'fr')]).toEqual([english, french])
})
