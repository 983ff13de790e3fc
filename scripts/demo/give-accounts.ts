import { randomBytes } from 'node:crypto'
import type { Api, Person } from './api.ts'
import { texts } from './texts.ts'

type Account = Person & { role: string }

/** Gives everybody an account with one password of this run. */
export async function openAccounts(api: Api): Promise<{ people: Account[]; password: string }> {
  const password = `demo-${randomBytes(5).toString('hex')}`
  const { items } = await api<{ items: Account[] }>('GET', '/api/people')
  for (const { address } of items) {
    const link = await api<{ url: string }>('POST', '/api/people/invite', { address })
    await api('POST', '/api/session/welcome', { token: new URL(link.url).hash.slice(1), password })
  }
  return { people: items, password }
}

/** Lets everybody sign in to the pages, and says how. */
export async function giveAccounts(api: Api, url: string): Promise<void> {
  const { people, password } = await openAccounts(api)
  const listed = people.map(
    ({ address, role }) => `${address}${role === 'administrator' ? ` (${texts.administrator})` : ''}`,
  )
  console.log(['', ...texts.accounts(url, listed, password)].join('\n'))
}
