import { expect, test } from 'vitest'
import { guideStepOf } from './guide-step.ts'

/** All that these texts take; a provider may say anything. */
const names = [
  'code',
  'address',
  'host',
  'date',
  'days',
  'probe',
  'roles',
  'principal',
  'scope',
  'assign',
  'test',
]
const values = Object.fromEntries(names.map((name) => [name, 'see step 5']))
const stepOf = (key: string) => guideStepOf({ key, values })

test.each([
  ['mail-errors:token.wrong-secret', 4],
  ['mail-errors:token.no-consent', 3],
  ['mail-errors:token.unknown-application', 1],
  ['mail-errors:consent.missing-graph-roles', 2],
  ['mail-errors:mailbox.access-denied', 2],
  ['doctor:credential.secret-expired', 4],
  ['doctor:other-mailbox.open', 7],
  ['mail-errors:policy.ews-disabled', 2],
  ['mail-errors:network.no-answer', null],
  ['doctor:round-trip.bounced', null],
])('%s is mended by step %s of the guide', (key, step) => {
  expect(stepOf(key)).toBe(step)
})

test('where nothing has to be mended there is no step', () => {
  expect(guideStepOf(null)).toBeNull()
})
