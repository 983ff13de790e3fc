import { beforeEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../../test/support/databases.ts'
import { openSampleApi, type SampleApi } from '../../../test/support/sample-api.ts'
import { admitAttempt, forgetAttempts, forgive } from './admit-attempt.ts'

const HOUR_MS = 3_600_000

describeOnBothDatabases('slowing down who guesses', (open) => {
  let api: SampleApi
  let now = new Date('2026-11-24T09:00:00Z')
  const pass = (milliseconds: number) => {
    now = new Date(now.getTime() + milliseconds)
  }
  beforeEach(async () => {
    api = await openSampleApi(await open(), { clock: () => now })
    return () => api.close()
  })

  /** Seconds to wait; 0 when it was admitted. */
  const attempt = (account: string, remoteAddress = '192.0.2.1') =>
    admitAttempt(api.context, { account, remoteAddress }).then(
      () => 0,
      (error: { code: string; values: { seconds: string } }) => {
        expect(error.code).toBe('too-many-attempts')
        return Number(error.values.seconds)
      },
    )
  const fail = async (account: string, times: number) => {
    for (let failure = 0; failure < times; failure += 1) expect(await attempt(account)).toBe(0)
  }

  test('five failures are free; each one after doubles the wait, to a quarter of an hour', async () => {
    await fail('target', 5)
    for (const wait of [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]) {
      expect(await attempt('target')).toBe(0)
      expect(await attempt('Target ')).toBe(wait)
      pass(wait * 1_000)
    }
  })

  test('attempts that come too early count neither for the account nor prolong its wait', async () => {
    await fail('target', 6)
    pass(1_000)
    expect(await attempt('target')).toBe(1)
    expect(await attempt('target')).toBe(1)
    pass(1_000)
    expect(await attempt('target')).toBe(0)
    expect(await attempt('target')).toBe(4)
  })

  test('a day without a failure forgets them', async () => {
    await fail('target', 6)
    pass(25 * HOUR_MS)
    await fail('target', 5)
    pass(25 * HOUR_MS)
    await forgetAttempts(api.context)
    expect(await api.context.db.selectFrom('signInThrottle').selectAll().execute()).toEqual([])
  })

  test('who has signed in starts anew; the place keeps what others have failed', async () => {
    await fail('own', 5)
    await forgive(api.context, { account: 'own', remoteAddress: '192.0.2.1' })
    await fail('own', 5)
    for (let index = 0; index < 42; index += 1) expect(await attempt(`other${index}`)).toBe(0)
    await forgive(api.context, { account: 'own', remoteAddress: '192.0.2.1' })
    expect(await attempt('one-more')).toBe(0)
    expect(await attempt('and-another')).toBe(2)
  })

  test.each([
    ['an IPv4 address', (index: number) => `198.51.100.7${index < 0 ? '1' : ''}`],
    [
      'a network of IPv6, however many addresses it has',
      (index: number) => (index < 0 ? '2001:db8:1:3::1' : `2001:db8:1:2:${index.toString(16)}::1`),
    ],
  ])('many accounts from one place are slowed down: %s', async (_, place) => {
    for (let index = 0; index < 51; index += 1) expect(await attempt(`a${index}`, place(index))).toBe(0)
    expect(await attempt('next', place(99))).toBe(2)
    expect(await attempt('next', place(-1))).toBe(0)
  })

  test('of attempts at the same time each sees the one before', async () => {
    const waits = await Promise.all(Array.from({ length: 20 }, () => attempt('rush')))
    expect(waits.filter((wait) => wait === 0)).toHaveLength(6)
  })
})
