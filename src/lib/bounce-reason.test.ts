import { expect, test } from 'vitest'
import { bounceReason } from './bounce-reason.ts'
import { translator } from './translate.ts'

test.each([
  ['5.1.1', 'address'],
  ['5.1.10', 'address'],
  ['5.1.2', 'domain'],
  ['5.2.2', 'full'],
  ['4.2.2', 'full'],
  ['5.2.1', 'mailbox'],
  ['5.3.4', 'too-large'],
  ['4.4.7', 'unreachable'],
  ['5.4.14', 'loop'],
  ['5.6.1', 'content'],
  ['5.7.124', 'restricted'],
  ['5.7.26', 'authentication'],
  ['5.7.1', 'policy'],
  ['5.7.511', 'policy'],
  ['5.0.0', 'other'],
  ['bounce', 'other'],
  ['5.1.1.1', 'other'],
  [null, 'other'],
])('%s: %s', (status, reason) => {
  expect(bounceReason(status)).toBe(reason)
  for (const locale of ['en', 'fr'] as const) {
    const text = translator(locale)
    expect(text(`dead-letters:bounce.${reason}`)).not.toBe(`bounce.${reason}`)
    if (reason !== 'other')
      expect(text(`mails:undelivered.reason.${reason}`)).not.toBe(`undelivered.reason.${reason}`)
  }
})
