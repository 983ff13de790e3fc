import { defaultCompany } from '@countersign/simulator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { approvals } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { type Product, startProduct } from '../support/start-product.ts'

const contosoId = defaultCompany.id
const wingtipId = '77777777-8888-9999-aaaa-bbbbbbbbbbbb'
const wingtipApprovals = 'approvals@wingtip.example'
const [app] = defaultCompany.apps ?? []

interface Saved {
  mailbox: { adminConsentUrl: string }
}
interface Checked {
  ok: boolean
  checks: { id: string; outcome: string; evidence: string; mend: string | null }[]
}

describeOnBothDatabases('one application in two tenants', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open(), { type: 'exchange-online-graph' })
    await control('tenants', {
      id: wingtipId,
      displayName: 'Wingtip',
      domains: ['wingtip.example'],
      apps: [],
    })
    await control('mailboxes', { address: wingtipApprovals, displayName: 'Approvals' })
  })
  afterAll(() => product?.close())

  async function control(path: string, body: object) {
    const init = {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }
    const answer = await fetch(`${product.contoso.http}/_sim/${path}`, init)
    if (!answer.ok) throw new Error(`the simulator refused ${path}: ${await answer.text()}`)
  }

  /** Saves a mailbox whose tokens are those of this tenant. */
  async function save(name: string, user: string, tenant: string): Promise<Saved> {
    const { mailbox, oauth } = product.contoso.mailboxForm({}, 'exchange-online-graph') as {
      mailbox: object
      oauth: { tokenEndpoint: string }
    }
    const tokenEndpoint = oauth.tokenEndpoint.replace(contosoId, tenant)
    return product.api.put(`/api/mailboxes/${name}`, {
      mailbox: { ...mailbox, user, defaultReplyTo: user },
      oauth: { ...oauth, tokenEndpoint },
    })
  }
  const check = (name: string) => product.api.post<Checked>(`/api/mailboxes/${name}/check?send=false`, {})
  const step = (checked: Checked, id: string) => checked.checks.find((one) => one.id === id)

  test('a tenant that does not know it yet is told how to get to know it', async () => {
    const { mailbox } = await save('wingtip', wingtipApprovals, wingtipId)
    const url = new URL(mailbox.adminConsentUrl)
    expect(url.pathname).toBe(`/${wingtipId}/v2.0/adminconsent`)
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: app?.id,
      scope: 'https://graph.microsoft.com/.default',
    })
    const checked = await check('wingtip')
    expect(checked.ok).toBe(false)
    expect(step(checked, 'token')?.mend).toContain('countersign mailbox consent-link')
  })

  test('after consent each mailbox has tokens of its own tenant, whoever asks at the same time', async () => {
    await control(`tenant?tenant=${wingtipId}`, { apps: [app] })
    await save('wingtip', wingtipApprovals, wingtipId)
    const names = ['wingtip', 'approvals', 'wingtip', 'approvals']
    const tenants = [wingtipId, contosoId, wingtipId, contosoId]
    const checked = await Promise.all(names.map(check))
    for (const [index, one] of checked.entries()) {
      expect(step(one, 'token')).toMatchObject({
        outcome: 'ok',
        evidence: expect.stringContaining(tenants[index] ?? ''),
      })
      expect(step(one, 'read-mailbox')).toMatchObject({ outcome: 'ok' })
    }
  })

  test('the commands that limit the application in one tenant name no mailbox of the other', async () => {
    const commands = step(await check('wingtip'), 'other-mailbox')?.mend
    expect(commands).toContain(wingtipApprovals)
    expect(commands).not.toContain(approvals)
  })

  test('the token of one opens no mailbox of the other', async () => {
    await save('astray', approvals, wingtipId)
    const checked = await check('astray')
    expect(step(checked, 'token')).toMatchObject({ evidence: expect.stringContaining(wingtipId) })
    expect(step(checked, 'read-mailbox')).toMatchObject({ outcome: 'failed' })
  })
})
