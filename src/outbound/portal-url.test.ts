import { expect, test } from 'vitest'
import type { LoadedAction } from '../approvals/load-action.ts'
import { portalUrl } from './portal-url.ts'

const request = { id: 42, requesterId: 'nadia' }
const loaded = { action: { id: 'a7' }, assignees: [{ personId: 'elodie' }] } as LoadedAction
const home = 'https://approvals.contoso.example'

test.each([
  ['who is asked', 'elodie', loaded, `${home}/actions/a7`],
  ['the requester', 'nadia', loaded, `${home}/requests/42`],
  ['the requester, of the whole request', 'nadia', null, `${home}/requests/42`],
  ['who is not asked any more', 'thomas', loaded, null],
])('the page for %s', (_, person, action, url) => {
  expect(portalUrl(home, person, { request, loaded: action })).toBe(url)
})

test('an installation without an address for people leads nobody anywhere', () => {
  expect(portalUrl(null, 'elodie', { request, loaded })).toBe(null)
})
