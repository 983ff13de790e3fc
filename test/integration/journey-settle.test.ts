import { afterAll, beforeAll, expect, test } from 'vitest'
import { approvals, elodie } from '../support/contoso.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { eventually } from '../support/eventually.ts'
import { type Product, startProduct } from '../support/start-product.ts'

const settleModes = [
  { settleMode: 'move', folder: 'Inbox/Processed', isRead: false },
  { settleMode: 'mark-read', folder: 'Inbox', isRead: true },
  { settleMode: 'delete', folder: 'deleteditems', isRead: false },
]

describeOnBothDatabases('a reply in the mailbox', (open) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct(await open())
  })
  afterAll(() => product?.close())

  const set = (remoteApproval: object) =>
    product.api.put('/api/mailboxes/approvals', product.contoso.mailboxForm(remoteApproval))
  const about = async (number: number, folder: string) =>
    (await product.contoso.mails(approvals, folder)).filter(({ subject }) => subject.includes(`[#${number}-`))

  test.each(settleModes)(
    'is put aside by $settleMode, and its sender is told of no reading',
    async (mode) => {
      const { settleMode, folder, isRead } = mode
      await set({ settleMode })
      const number = await product.filePurchase()
      const asked = await product.mail(number, 'approval', elodie)
      const receipt = `Disposition-Notification-To: ${elodie.address}\r\n`
      const reply = Buffer.concat([Buffer.from(receipt), await product.write(asked, 'Oui')])
      await product.contoso.submit(elodie.address, reply)
      expect(await product.inbound(number, 1)).toMatchObject([{ outcome: 'decided' }])
      await eventually(async () => {
        expect(await product.inbound(number, 1)).toMatchObject([{ settleState: 'done' }])
      })
      expect(await about(number, folder)).toMatchObject([{ isRead }])
      if (folder !== 'Inbox') expect(await about(number, 'Inbox')).toEqual([])
      const toElodie = await product.contoso.mails(elodie.address)
      expect(toElodie.filter(({ itemClass }) => itemClass.startsWith('REPORT.'))).toEqual([])
    },
  )

  test('that stays in Inbox is answered once, even when Exchange forgets how far we read', async () => {
    await set({ settleMode: 'mark-read' })
    const first = await product.filePurchase()
    await product.reply(await product.mail(first, 'approval', elodie), 'Oui')
    expect(await product.inbound(first, 1)).toMatchObject([{ outcome: 'decided' }])

    await product.contoso.forgetSyncStates(approvals)
    const second = await product.filePurchase()
    await product.reply(await product.mail(second, 'approval', elodie), 'Oui')
    expect(await product.inbound(second, 1)).toMatchObject([{ outcome: 'decided' }])
    expect(await product.inbound(first, 1)).toMatchObject([{ outcome: 'decided' }])
  })

  test('that a rule or a person put into Junk is found there, and held', async () => {
    const number = await product.filePurchase()
    const asked = await product.mail(number, 'approval', elodie)
    await set({ enabled: false })
    await product.reply(asked, 'Oui')
    const id = await eventually(async () => {
      const [reply] = await about(number, 'Inbox')
      expect(reply).toBeDefined()
      return reply?.id ?? ''
    })
    await product.contoso.moveToJunk(approvals, id)
    await set({ enabled: true })
    const [message] = await product.inbound(number, 1)
    expect(message).toMatchObject({ folder: 'junk', outcome: 'held', decision: null })
    expect(message?.verdict?.reasons.map(({ code }) => code)).toContain('in-junk')
    expect((await product.mail(number, 'confirm-held', elodie)).subject).toMatch(/^À confirmer :/)
  })
})
