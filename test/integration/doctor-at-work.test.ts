/** The doctor in a mailbox that is in use: it says what it does while it does it, and leaves everything as it was. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { z } from 'zod'
import type { checkView } from '../../src/api/routes/mailboxes/check-view.ts'
import { saveMailbox } from '../../src/mailboxes/save-mailbox.ts'
import { mailboxForm } from '../../src/mailboxes/settings.ts'
import type { Context } from '../../src/store/context.ts'
import { approvals, type ExchangeOnlineType, elodie, startContoso, thomas } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { examineStored } from '../support/examine-mailbox.ts'
import { openSampleApi } from '../support/sample-api.ts'
import { type Product, startProduct } from '../support/start-product.ts'

type CheckView = z.output<typeof checkView>

const folders = ['Inbox', 'drafts', 'outbox', 'junkemail', 'sentitems', 'deleteditems']

/** What stands in our tables, by their names; the queue's own look after themselves. */
async function contents({ db }: Context): Promise<Record<string, unknown[]>> {
  const tables = await db.introspection.getTables()
  const found: Record<string, unknown[]> = {}
  for (const { schema, name } of tables.filter((table) => table.schema === 'public')) {
    const { rows } = await sql`select * from ${sql.table(`${schema}.${name}`)} order by 1`.execute(db)
    found[`${schema}.${name}`] = rows
  }
  return found
}

describeOnBothDatabases('the doctor leaves everything as it was', (open) => {
  test.each<ExchangeOnlineType>(['exchange-online-graph', 'exchange-online-ews'])(
    'over %s',
    { timeout: 180_000 },
    async (type) => {
      const contoso = await startContoso()
      onTestFinished(() => contoso.close())
      const api = await openSampleApi(await open())
      onTestFinished(() => api.close())
      const mail = 'From: nadia.belkacem@contoso.example\r\nTo: approvals@contoso.example\r\nSubject: '
      await contoso.deliver(approvals, `${mail}one\r\n\r\nYes`, 'internal')
      await contoso.deliver(approvals, `${mail}two\r\n\r\nYes`, 'junk')
      const form = mailboxForm.parse(contoso.mailboxForm({}, type))
      const { id } = await saveMailbox(api.context, 'examined', form)
      const before = await contents(api.context)
      const lying = (name: string) => contoso.mails(approvals, name)
      const mailsBefore = await Promise.all(folders.map(lying))

      const told = await examineStored(api.context, id)

      expect(told.filter(({ outcome }) => outcome === 'failed')).toEqual([])
      expect(await contents(api.context)).toEqual(before)
      const mailsAfter = await Promise.all(folders.map(lying))
      const own = mailsAfter.map((mails) =>
        mails.filter(({ subject }) => subject.startsWith('Countersign: ')),
      )
      expect(own.map(({ length }) => length)).toEqual([0, 0, 0, 0, 2, 2])
      expect(mailsAfter.map((mails, index) => mails.filter((one) => !own[index]?.includes(one)))).toEqual(
        mailsBefore,
      )
    },
  )
})

describeOnBothDatabases('the doctor beside the work', (open) => {
  let product: Product
  beforeAll(async () => {
    const remoteApproval = { pollIntervalSeconds: 5 }
    product = await startProduct(await open(), { remoteApproval, type: 'exchange-online-graph' })
  })
  afterAll(() => product?.close())

  const check = (query = '') =>
    product.api.lines<CheckView | { ok: boolean }>(`/api/mailboxes/approvals/check${query}`)

  test('each step is told before the next one is taken, and mail that comes meanwhile is decided', async () => {
    const number = await product.filePurchase()
    const mail = await product.mail(number, 'approval', elodie)
    const lines: (CheckView | { ok: boolean })[] = []
    for await (const line of check()) {
      // Between the sending of the test mails and their coming back.
      if ('id' in line && line.id === 'send') await product.reply(mail, 'Oui')
      lines.push(line)
    }
    expect(lines.at(-1)).toEqual({ ok: true })
    const told = lines.filter((line): line is CheckView => 'id' in line)
    expect(told.filter(({ outcome }) => outcome === 'failed' || outcome === 'skipped')).toEqual([])
    expect(told.find(({ id }) => id === 'round-trip')?.evidence).toMatch(/^\d+\.\d s$/)

    expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'decided' }])
    await product.mail(number, 'approval', thomas)
    // Nothing of the doctor's was taken in, put aside or counted as a reply.
    const { items } = await product.api.get<{ items: unknown[] }>('/api/messages/inbound?limit=200')
    expect(items).toHaveLength(1)
    const processed = await product.contoso.mails(approvals, 'Inbox/Processed')
    expect(processed.filter(({ subject }) => subject.startsWith('Countersign: '))).toEqual([])
  })

  test('whoever goes away ends it', async () => {
    for await (const line of check('?send=false')) {
      expect(line).toMatchObject({ id: 'token-server' })
      break
    }
    // The next one finds the mailbox as well as before.
    const all: unknown[] = []
    for await (const line of check('?send=false')) all.push(line)
    expect(all.at(-1)).toEqual({ ok: true })
  })

  test('a mistaken query is refused', async () => {
    await expect(check('?send=perhaps').next()).rejects.toMatchObject({ status: 400, code: 'invalid-input' })
  })
})
