import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { deliverMail } from './support/deliver-mail.ts'
import { control, ewsClient, responseCodes } from './support/ews-client.ts'
import { inbox, itemIdList, mail } from './support/ews-requests.ts'
import { approvals, errorOf, graphClient } from './support/graph-client.ts'
import { openImap } from './support/mail-client.ts'

let simulator: Simulator
let id: string
beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  id = await deliverMail(simulator)
  await control(simulator, 'POST', `/mailboxes/${approvals}`, { isFull: true })
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

const raw = mail({ From: approvals, To: approvals, Subject: 'x' })
const mime = Buffer.from(raw).toString('base64')

it.each(['SaveOnly', 'SendOnly', 'SendAndSaveCopy'])('EWS takes nothing more: %s', async (disposition) => {
  const message = `<t:Message><t:MimeContent>${mime}</t:MimeContent></t:Message>`
  const request = `<m:CreateItem MessageDisposition="${disposition}"><m:Items>${message}</m:Items></m:CreateItem>`
  expect(responseCodes((await (await ewsClient(simulator)).call(request)).body)).toEqual([
    'ErrorQuotaExceeded',
  ])
})

it('EWS copies nothing and moves what is there', async () => {
  const transfer = async (name: string) => {
    const folder = `<m:ToFolderId>${inbox.replace('inbox', 'drafts')}</m:ToFolderId>`
    const request = `<m:${name}>${folder}${itemIdList([id])}</m:${name}>`
    return responseCodes((await (await ewsClient(simulator)).call(request)).body)
  }
  expect(await transfer('CopyItem')).toEqual(['ErrorQuotaExceeded'])
  expect(await transfer('MoveItem')).toEqual(['NoError'])
})

it.each(['/messages', '/sendMail'])('Graph takes nothing more: %s', async (path) => {
  const answer = await (await graphClient(simulator)).post(path, { body: mime })
  expect(errorOf(answer)).toEqual([507, 'ErrorQuotaExceeded'])
})

it('IMAP takes and copies nothing more', async () => {
  const client = await openImap(simulator)
  client.send('x1 APPEND Drafts {14+}\r\nSubject: x\r\n\r\n\r\n')
  expect(await client.read()).toMatch(/^x1 NO \[OVERQUOTA\] /)
  expect((await client.imap('UID COPY 1 Drafts')).at(-1)).toMatch(/^NO \[OVERQUOTA\] /)
  expect((await client.imap('UID MOVE 1 Drafts')).at(-1)).toBe('OK MOVE completed.')
  client.close()
})

it('mail for it comes back', async () => {
  const nadia = 'nadia.belkacem@contoso.example'
  await control(
    simulator,
    'POST',
    `/mailboxes/${nadia}/submit`,
    mail({ From: nadia, To: approvals, Subject: 'y' }),
  )
  const reports = await control<{ subject: string }[]>(
    simulator,
    'GET',
    `/mailboxes/${nadia}/folders/inbox/messages`,
  )
  expect(reports.map(({ subject }) => subject)).toEqual(['Undeliverable: y'])
})

it('one without a licence is out of Graph’s reach', async () => {
  await control(simulator, 'POST', `/mailboxes/${approvals}`, { graphEnabled: false })
  const answer = await (await graphClient(simulator)).get('/messages')
  expect(errorOf(answer)).toEqual([404, 'MailboxNotEnabledForRESTAPI'])
})
