import { randomBytes } from 'node:crypto'
import type { Api, Person } from './api.ts'
import { texts } from './texts.ts'

/** Lets everybody sign in to the pages, with one password of this run, and says how. */
export async function giveAccounts(api: Api, url: string): Promise<void> {
  const password = `demo-${randomBytes(5).toString('hex')}`
  const { items } = await api<{ items: (Person & { role: string })[] }>('GET', '/api/people')
  for (const { address } of items) {
    const link = await api<{ url: string }>('POST', '/api/people/invite', { address })
    await api('POST', '/api/session/welcome', { token: new URL(link.url).hash.slice(1), password })
  }
  const people = items.map(
    ({ address, role }) => `${address}${role === 'administrator' ? ` (${texts.administrator})` : ''}`,
  )
  console.log(['', ...texts.accounts(url, people, password)].join('\n'))
}
