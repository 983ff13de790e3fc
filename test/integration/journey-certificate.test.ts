import { defaultCompany } from '@countersign/simulator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { certificateFile, certificatePassword, publicCertificate } from '../support/certificates.ts'
import { elodie, thomas } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { type Product, startProduct } from '../support/start-product.ts'

const remoteApproval = { pollIntervalSeconds: 5 }
const id = defaultCompany.apps?.[0]?.id

describe.each(['exchange-online-graph', 'exchange-online-ews'] as const)('a mailbox of type %s', (type) => {
  describeOnBothDatabases('whose application proves itself by a certificate', (open) => {
    let product: Product
    beforeAll(async () => {
      product = await startProduct(await open(), { remoteApproval, type })
    })
    afterAll(() => product?.close())

    /** Saves the mailbox with these members in place of the secret. */
    const save = (oauth: object) => {
      const form = product.contoso.mailboxForm(remoteApproval, type) as { oauth: object }
      return product.api.put<{ mailbox: { settings: object } }>('/api/mailboxes/approvals', {
        ...form,
        oauth: { ...form.oauth, clientSecret: undefined, ...oauth },
      })
    }
    const register = (...names: string[]) =>
      product.contoso.changeTenant({
        apps: [{ id, secrets: [], certificates: names.map(publicCertificate) }],
      })

    test('a request that began with a secret is decided with a PEM, then with a PFX', async () => {
      const number = await product.filePurchase()
      const manager = await product.mail(number, 'approval', elodie)
      // A secret and two certificates are good at the same time: that is how one is changed without an outage.
      await register('app.pem', 'chain.pem')
      await save({ certificate: { pem: certificateFile('app.pem') } })
      await product.reply(manager, 'Oui')
      const finance = await product.mail(number, 'approval', thomas)

      const pfx = certificateFile('chain.pfx', 'base64')
      const saved = await save({ certificate: { pfx, password: certificatePassword } })
      await register('chain.pem')
      expect(saved.mailbox.settings).toMatchObject({
        clientSecretExpiresOn: null,
        certificate: { subject: 'O=Contoso, CN=Countersign (chain)', expiresAt: '2126-01-01T00:00:00.000Z' },
      })
      await product.reply(finance, 'Approved', { style: 'outlook', locale: 'en' })
      await product.inbound(number, 2)
      expect(await product.request(number)).toMatchObject({ status: 'completed', ending: 'approved' })
    })

    test('the certificate stays when it is not given again, and its key is never given out', async () => {
      const { mailbox } = await save({ clientSecretExpiresOn: '2027-01-01' })
      expect(mailbox.settings).toMatchObject({
        clientSecretExpiresOn: null,
        certificate: { thumbprintSha1: expect.stringMatching(/^[0-9A-F]{40}$/) },
      })
      const { items } = await product.api.get<{ items: object[] }>('/api/mailboxes')
      expect(JSON.stringify([mailbox, items])).not.toMatch(/PRIVATE KEY|correct horse/)
      const check = await product.api.post<{ ok: boolean }>('/api/mailboxes/approvals/check?send=false', {})
      expect(check).toMatchObject({ ok: true })
    })

    test('a secret takes its place again', async () => {
      await product.contoso.changeTenant({ apps: defaultCompany.apps })
      const { mailbox } = await save({ clientSecret: defaultCompany.apps?.[0]?.secrets?.[0]?.value })
      expect(mailbox.settings).toMatchObject({ certificate: null })
      const number = await product.filePurchase()
      await product.mail(number, 'approval', elodie)
    })
  })
})
