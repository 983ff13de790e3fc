import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPglite } from '../../test/support/databases.ts'
import { openSampleApi, type SampleApi } from '../../test/support/sample-api.ts'
import type { Store } from '../store/store.ts'
import { saveMailbox } from './save-mailbox.ts'
import { mailboxForm } from './settings.ts'

let store: Store
let api: SampleApi
beforeAll(async () => {
  store = await openTestPglite()
  api = await openSampleApi(store)
})
afterAll(async () => {
  await api?.close()
  await store?.close()
})

const account = { user: 'approvals@contoso.example', defaultReplyTo: 'approvals@contoso.example' }
const save = (name: string, form: object) => saveMailbox(api.context, name, mailboxForm.parse(form))
const refusedAt = (path: string) => ({ code: 'invalid-settings', problems: [{ path }] })

test('a stored client secret is sent to no other token endpoint, and moves to another type', async () => {
  const graph = (oauth: object) => ({
    mailbox: { ...account, type: 'exchange-online-graph' },
    oauth: { clientId: 'x', ...oauth },
  })
  await save('online', graph({ tenant: 'contoso.example', clientSecret: 's' }))
  const tokenEndpoint = 'https://attacker.example/contoso.example/oauth2/v2.0/token'
  await expect(save('online', graph({ tokenEndpoint }))).rejects.toMatchObject(
    refusedAt('oauth.clientSecret'),
  )
  await save('online', graph({ tenant: 'fabrikam.example' }))
  await save('online', {
    mailbox: { ...account, type: 'exchange-online-ews' },
    oauth: { clientId: 'x', tenant: 'fabrikam.example' },
  })
  await save('online', graph({ tokenEndpoint, clientSecret: 's' }))
})

test('a stored password is sent to no other server, whichever the type', async () => {
  const exchange = (settings: object) => ({
    mailbox: { ...account, type: 'exchange-server-ews', ...settings },
  })
  const imap = (host: string, smtp: string) => ({
    mailbox: { ...account, type: 'imap-smtp', imap: { host }, smtp: { host: smtp } },
  })
  await save('own', exchange({ host: 'mail.contoso.example', password: 'p' }))
  await expect(save('own', exchange({ host: 'mail.attacker.example' }))).rejects.toMatchObject(
    refusedAt('mailbox.password'),
  )
  await expect(save('own', imap('mail.contoso.example', 'smtp.attacker.example'))).rejects.toMatchObject(
    refusedAt('mailbox.password'),
  )
  await save('own', exchange({ host: 'MAIL.contoso.example:8443' }))
  await save('own', imap('mail.contoso.example', 'mail.contoso.example'))
})
