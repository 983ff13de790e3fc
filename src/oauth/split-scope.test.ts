import { expect, test } from 'vitest'
import { splitScope } from './split-scope.ts'

const scope = 'https://outlook.office365.com/.default'

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

test('a secret pasted here is not repeated in the error', () => {
  try {
    splitScope(`${scope}&a8Q~secret`)
    expect.unreachable()
  } catch (error) {
    expect((error as Error).message).not.toContain('a8Q')
  }
})
