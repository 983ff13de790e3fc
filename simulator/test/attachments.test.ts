import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { all, control, envelope, ewsClient, responseCodes } from './support/ews-client.ts'
import { field, getItem, mail, moveItem } from './support/ews-requests.ts'
import { entrances, ews } from './support/foreign-client.ts'
import { validateAnswers } from './support/validate-answers.ts'

const mailbox = 'approvals@contoso.example'
const offer = Buffer.from('%PDF-1.7\u0000 Größe')
const body = [
  '--x\r\nContent-Type: text/plain\r\n\r\nSee the offer\r\n',
  `--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="Offre 7.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${offer.toString('base64')}\r\n`,
  '--x\r\nContent-Type: image/png; name=logo.png\r\nContent-Disposition: inline\r\nContent-ID: <logo@contoso.example>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n--x--\r\n',
].join('')

let simulator: Simulator
let id: string
beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())
beforeEach(async () => {
  await control(simulator, 'POST', '/reset')
  const raw = mail(
    {
      From: 'anna.novak@fabrikam.example',
      Subject: 'Offer',
      'Content-Type': 'multipart/mixed; boundary=x',
    },
    body,
  )
  id = (await control<{ id: string }>(simulator, 'POST', `/mailboxes/${mailbox}/messages`, raw)).id
})

const getAttachment = (ids: string[]) =>
  `<m:GetAttachment><m:AttachmentShape/><m:AttachmentIds>${ids.map((one) => `<t:AttachmentId Id="${one}"/>`).join('')}</m:AttachmentIds></m:GetAttachment>`

it('lists the attachments of a message, and gives each by its id, as the schema says', async () => {
  const client = await ewsClient(simulator)
  const listed = (await client.call(getItem([id], field('item:Attachments')))).body
  expect(all(listed, /<t:Name>([^<]+)</)).toEqual(['Offre 7.pdf', 'logo.png'])
  expect(all(listed, /<t:Size>(\d+)</)).toEqual([String(offer.length), '4'])
  expect(all(listed, /<t:IsInline>([^<]+)</)).toEqual(['false', 'true'])
  expect(all(listed, /<t:ContentId>([^<]+)</)).toEqual(['logo@contoso.example'])
  expect(listed).not.toContain('<t:Content>')
  const ids = all(listed, /<t:AttachmentId Id="([^"]+)"/)
  const request = getAttachment([...ids, 'AAMkAA1='])
  const given = (await client.call(request)).body
  expect(responseCodes(given)).toEqual(['NoError', 'NoError', 'ErrorInvalidIdMalformed'])
  expect(all(given, /<t:Content>([^<]+)</)).toEqual([offer.toString('base64'), 'iVBORw=='])
  const documents = { listed, request: envelope(request, mailbox), given }
  expect(await validateAnswers(documents)).toEqual([])
})

it('loses them under their old ids when the message moves', async () => {
  const client = await ewsClient(simulator)
  const listed = (await client.call(getItem([id], field('item:Attachments')))).body
  const [first = ''] = all(listed, /<t:AttachmentId Id="([^"]+)"/)
  await client.call(moveItem([id], '<t:DistinguishedFolderId Id="junkemail"/>'))
  expect(responseCodes((await client.call(getAttachment([first]))).body)).toEqual(['ErrorItemNotFound'])
})

it('leaves the element out of a message that has none', async () => {
  const client = await ewsClient(simulator)
  const path = `/mailboxes/${mailbox}/messages`
  const bare = await control<{ id: string }>(
    simulator,
    'POST',
    path,
    mail({ From: 'anna.novak@fabrikam.example' }),
  )
  const { body: listed } = await client.call(getItem([bare.id], field('item:Attachments')))
  expect([responseCodes(listed), listed.includes('t:Attachments')]).toEqual([['NoError'], false])
})

it('gives them to ews-javascript-api', async () => {
  const service = await entrances['an app by its token, impersonating'](simulator)
  const message = await ews.EmailMessage.Bind(service, new ews.ItemId(id))
  const [first] = message.Attachments.GetEnumerator()
  if (!(first instanceof ews.FileAttachment)) throw new Error('no file')
  await first.Load()
  expect([first.Name, first.Base64Content]).toEqual(['Offre 7.pdf', offer.toString('base64')])
})
