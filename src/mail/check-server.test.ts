import { expect, test } from 'vitest'
import { addressesOf } from './check-server.ts'

test('the addresses of a name are told, and none of one that nobody knows', async () => {
  const { signal } = new AbortController()
  expect(await addressesOf('localhost', signal)).toMatch(/^ \(.*(127\.0\.0\.1|::1)/)
  expect(await addressesOf(`${'x'.repeat(64)}.example`, signal)).toBe('')
})

test('a step whose time is over does not wait for a name server', async () => {
  expect(await addressesOf('localhost', AbortSignal.abort())).toBe('')
})
