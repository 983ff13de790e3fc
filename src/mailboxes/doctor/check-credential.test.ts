import { expect, test } from 'vitest'
import { checkCredential } from './check-credential.ts'

const expiresAt = new Date('2027-03-01T12:00:00Z')

test('a certificate tells its own end: what has ended does not work', () => {
  const soon = checkCredential({ credential: 'certificate', state: 'soon', expiresAt, daysLeft: 3 })
  expect(soon).toMatchObject({
    outcome: 'warning',
    evidence: '2027-03-01',
    mend: { key: 'doctor:credential.certificate-soon', values: { date: '2027-03-01', days: '3' } },
  })
  const ended = checkCredential({ credential: 'certificate', state: 'expired', expiresAt, daysLeft: 0 })
  expect(ended).toMatchObject({ outcome: 'failed', mend: { key: 'doctor:credential.certificate-expired' } })
})

test('the end of a secret is what somebody typed: Entra decides', () => {
  const ended = checkCredential({ credential: 'client-secret', state: 'expired', expiresAt, daysLeft: 0 })
  expect(ended).toMatchObject({ outcome: 'warning', mend: { key: 'doctor:credential.secret-expired' } })
  expect(
    checkCredential({ credential: 'client-secret', state: 'good', expiresAt, daysLeft: 99 }),
  ).toMatchObject({
    outcome: 'ok',
    mend: null,
  })
})
