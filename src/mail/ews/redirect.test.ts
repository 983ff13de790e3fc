import { expect, test } from 'vitest'
import { redirectTarget } from './redirect.ts'

const online = 'https://outlook.office365.com/EWS/Exchange.asmx'
const own = 'https://mail.contoso.example:8443/EWS/Exchange.asmx'

function target(from: string, location: string | null, status = 302): string | null {
  const headers = new Headers(location === null ? {} : { location })
  return redirectTarget(from, { status, headers })
}

test.each([
  [online, 'https://outlook.office.com/EWS/Exchange.asmx', 'https://outlook.office.com/EWS/Exchange.asmx'],
  [own, '/ews/exchange.asmx?x=1', 'https://mail.contoso.example:8443/ews/exchange.asmx?x=1'],
  [
    own,
    'https://MAIL.contoso.example:8443/ews/exchange.asmx',
    'https://mail.contoso.example:8443/ews/exchange.asmx',
  ],
])('from %s to %s is followed', (from, location, expected) => {
  for (const status of [301, 302, 307, 308]) expect(target(from, location, status)).toBe(expected)
})

test.each([
  ['another host', online, 'https://litware.example/EWS/Exchange.asmx'],
  ['a host that only looks alike', online, 'https://outlook.office365.com.litware.example/EWS/Exchange.asmx'],
  ['a host behind a user name', online, 'https://outlook.office365.com@litware.example/EWS/Exchange.asmx'],
  ['the own host with a user name', online, 'https://x@outlook.office365.com/EWS/Exchange.asmx'],
  ['a host without scheme', online, '//litware.example/EWS/Exchange.asmx'],
  ['the own host without TLS', online, 'http://outlook.office365.com/EWS/Exchange.asmx'],
  ['another port', own, 'https://mail.contoso.example/EWS/Exchange.asmx'],
  ['another cloud', online, 'https://webmail.apps.mil/EWS/Exchange.asmx'],
  ['an own server, away to Exchange Online', own, online],
  ['a sign-in page', online, 'https://outlook.office365.com/owa/auth/logon.aspx'],
  ['no address', online, 'https://'],
  ['nowhere', online, null],
])('to %s is not followed', (_, from, location) => {
  expect(target(from, location)).toBeNull()
})

test.each([200, 300, 303, 304, 401, 500])('HTTP %i is no redirect', (status) => {
  expect(target(online, online, status)).toBeNull()
})
