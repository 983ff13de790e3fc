import { expect, test } from 'vitest'
import type { MailError } from '../mail/errors.ts'
import { describeMailError } from '../mailboxes/describe-mail-error.ts'
import { splitScope } from './split-scope.ts'

const scope = 'https://outlook.office365.com/.default'
const secret = 'abc8Q~0123456789abcdefghijklmnopqrstuvwx'

function thrownBy(call: () => unknown): MailError {
  try {
    call()
  } catch (error) {
    return error as MailError
  }
  throw new Error('nothing was thrown')
}

test.each([
  [scope, null],
  [`  ${scope}\n`, null],
  [`${scope}&grant_type=client_credentials`, 'grant-type-removed'],
  [`${scope}&grant%5Ftype=client%5Fcredentials`, 'grant-type-removed'],
])('%j is one scope', (value, note) => {
  expect(splitScope(value)).toEqual({ scope, note })
})

test.each([
  [`${scope}&grant_type=password`, 'scope.unexpected-parameter'],
  [`${scope}&grant_type=client_credentials&client_secret=x`, 'scope.unexpected-parameter'],
  [`${scope}&resource=y`, 'scope.unexpected-parameter'],
  [`${scope} openid`, 'scope.not-default'],
  ['https://outlook.office365.com/EWS.AccessAsUser.All', 'scope.not-default'],
  ['', 'scope.not-default'],
  [`&grant_type=client_credentials`, 'scope.not-default'],
])('%j is refused', (value, messageKey) => {
  expect(() => splitScope(value)).toThrow(expect.objectContaining({ kind: 'invalid', messageKey }))
})

test.each([secret, `${scope}&${secret}`, `${scope} ${secret}`, `${scope}${secret}`, `${scope}?${secret}`])(
  'a secret pasted here is not repeated: %s',
  (value) => {
    const error = thrownBy(() => splitScope(value))
    const told = JSON.stringify([error.message, describeMailError(error)])
    expect(told).not.toContain(secret.slice(0, 9))
  },
)

test('the host of an address is repeated', () => {
  const value = 'https://graph.example/EWS.AccessAsUser.All'
  expect(thrownBy(() => splitScope(value)).messageValues).toEqual({ value: 'https://graph.example/…' })
})
