import { composeReply } from '@countersign/simulator/webmail'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { elodie } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { noDovecot, startDovecot, type TestDovecot } from '../support/dovecot.ts'
import { eventually } from '../support/eventually.ts'
import { startSmtp, type TestSmtp } from '../support/smtp-server.ts'
import { type Product, startProduct } from '../support/start-product.ts'

const approvals = 'approvals@litware.example'

describe.skipIf(noDovecot)('on Dovecot', () => {
  describeOnBothDatabases('a purchase over a mailbox of type imap-smtp', (open) => {
    let product: Product
    let dovecot: TestDovecot
    let smtp: TestSmtp
    beforeAll(async () => {
      dovecot = await startDovecot()
      await (await dovecot.client(approvals)).mailboxCreate('Sent')
      smtp = await startSmtp()
      product = await startProduct(await open())
      await product.api.put('/api/mailboxes/approvals', {
        mailbox: {
          type: 'imap-smtp',
          imap: { host: 'localhost', port: dovecot.port.ssl },
          smtp: { host: 'localhost', port: smtp.port },
          password: dovecot.password,
          extraCa: dovecot.caPem,
          user: approvals,
          defaultReplyTo: approvals,
        },
        remoteApproval: { pollIntervalSeconds: 5 },
      })
    })
    afterAll(async () => {
      await product?.close()
      await smtp?.[Symbol.asyncDispose]()
      await dovecot?.stop()
    })

    test('goes out, and its reply comes in; the marks of Exchange are believed of Exchange alone', async () => {
      const client = await dovecot.client(approvals)
      const number = await product.filePurchase()
      const asked = await eventually(async () => {
        const mail = smtp.received.find(({ to }) => to.includes(elodie.address))
        if (mail === undefined) throw new Error('no mail yet')
        return mail
      })
      await eventually(async () =>
        expect(await client.status('Sent', { messages: true })).toMatchObject({ messages: 1 }),
      )

      const reply = await composeReply({
        original: Buffer.from(asked.mime),
        from: elodie,
        text: 'Oui',
        style: 'apple',
        locale: 'fr',
        date: new Date(),
      })
      const forged = Buffer.concat([Buffer.from('X-MS-Exchange-Organization-AuthAs: Internal\r\n'), reply])
      await client.append('INBOX', forged)
      await eventually(async () =>
        expect(await product.inbound(number, 1)).toMatchObject([
          { outcome: 'held', from: elodie.address, reading: { kind: 'answers' }, settleState: 'done' },
        ]),
      )
      expect(await client.status('INBOX/Processed', { messages: true })).toMatchObject({ messages: 1 })
      expect((await product.request(number)).actions[0]).toMatchObject({ status: 'open' })
    })
  })
})
