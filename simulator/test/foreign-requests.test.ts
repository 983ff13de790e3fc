import { readdir, readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { all, changeKeys, control, ewsClient, http, itemIds, responseCodes } from './support/ews-client.ts'
import { field, findItem, isEqualTo, mail } from './support/ews-requests.ts'
import { validateAnswers } from './support/validate-answers.ts'

/**
 * Requests as exchangelib (Python) and DavMail (Java) put them by their public documentation, envelope and all. Names
 * in braces stand for ids of the mailbox.
 */
const fixtures = new URL('fixtures/', import.meta.url)
const mailbox = 'approvals@contoso.example'
const nadia = 'nadia.belkacem@contoso.example'

let simulator: Simulator
/** Every request sent and every answer, for the schema. */
const documents: Record<string, string> = {}
beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  for (const subject of ['Invoice 1', 'Other', 'Invoice 2']) {
    const raw = mail({
      From: `"Nadia Belkacem" <${nadia}>`,
      To: mailbox,
      Subject: subject,
      'Message-ID': `<${subject.toLowerCase().replace(' ', '-')}@contoso.example>`,
    })
    await control(simulator, 'POST', `/mailboxes/${mailbox}/messages?as=internal`, raw)
  }
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

/** Sends a fixture about the newest message, `Invoice 2`, and gives the answer. */
async function send(name: string): Promise<string> {
  const client = await ewsClient(simulator, mailbox)
  const listed = (await client.call(findItem({}))).body
  const folders = await control<{ name: string; id: string }[]>(
    simulator,
    'GET',
    `/mailboxes/${mailbox}/folders`,
  )
  const names: Record<string, string | undefined> = {
    itemId: itemIds(listed)[0],
    changeKey: changeKeys(listed)[0],
    folderId: folders.find(({ name: folder }) => folder === 'Inbox')?.id,
  }
  const text = await readFile(new URL(`${name}.xml`, fixtures), 'utf8')
  const request = text.replace(/\{(\w+)\}/g, (_, key: string) => names[key] ?? `no ${key}`)
  const { status, body } = await http(simulator, 'POST', simulator.ewsUrl, client.headers, request)
  expect([status, body]).toEqual([200, expect.any(String)])
  const document = name.replace('/', '-')
  documents[`${document}-request`] = request
  documents[`${document}-answer`] = body
  return body
}

const subjects = async (address: string, folder: string) =>
  (
    await control<{ subject: string }[]>(simulator, 'GET', `/mailboxes/${address}/folders/${folder}/messages`)
  ).map(({ subject }) => subject)
const values = (body: string) => all(body, /<t:Value>([^<]*)</)

describe('exchangelib', () => {
  it('gets the root and the folders it knows by name', async () => {
    const root = await send('exchangelib/get-root')
    expect(root).toContain('<t:DistinguishedFolderId>root</t:DistinguishedFolderId>')
    const folders = await send('exchangelib/get-folders')
    expect(responseCodes(folders)).toEqual([...Array(4).fill('NoError'), 'ErrorFolderNotFound'])
    expect(all(folders, /<t:DistinguishedFolderId>([^<]+)</)).toEqual([
      'inbox',
      'sentitems',
      'drafts',
      'junkemail',
    ])
  })

  it('walks all folders page by page', async () => {
    const page = await send('exchangelib/find-folders')
    expect(page).toContain('IndexedPagingOffset="4"')
    expect(page).toContain('IncludesLastItemInRange="false"')
    expect(all(page, /<t:DisplayName>([^<]+)</)[0]).toBe('Top of Information Store')
  })

  it('finds with a query and an order', async () => {
    const found = itemIds(await send('exchangelib/find-items'))
    const folder = '/mailboxes/approvals@contoso.example/folders/inbox/messages'
    const [first, , last] = await control<{ id: string }[]>(simulator, 'GET', folder)
    expect(found).toEqual([last?.id, first?.id])
  })

  it('gets every field of a message', async () => {
    const item = await send('exchangelib/get-items')
    expect(item).toContain('<t:InternetMessageId>&lt;invoice-2@contoso.example&gt;</t:InternetMessageId>')
    expect(item).toContain('<t:ConversationTopic>Invoice 2</t:ConversationTopic>')
    expect(/<t:TextBody [^>]+>([^<]*)</.exec(item)?.[1]?.trim()).toBe('Approved')
  })

  it('sends, and answers all', async () => {
    await send('exchangelib/send')
    await send('exchangelib/reply-to-all')
    expect(await subjects(nadia, 'inbox')).toEqual(['From exchangelib', 'RE: Invoice'])
    expect(await subjects(mailbox, 'sentitems')).toEqual(['From exchangelib', 'RE: Invoice'])
  })

  it('changes and deletes', async () => {
    expect(responseCodes(await send('exchangelib/update'))).toEqual(['NoError'])
    expect(responseCodes(await send('exchangelib/delete'))).toEqual(['NoError'])
    expect(await subjects(mailbox, 'deleteditems')).toEqual(['Invoice 2'])
  })

  it('looks up a name and converts an id', async () => {
    expect(await send('exchangelib/resolve-names')).toContain('<t:Name>Nadia Belkacem</t:Name>')
    expect(await send('exchangelib/convert-id')).toContain('Format="OwaId"')
  })
})

describe('DavMail', () => {
  it('gets a folder by MAPI properties; those that a folder lacks are left out', async () => {
    const folder = await send('davmail/get-inbox')
    expect(values(folder)).toEqual(['Inbox', 'IPF.Note', '3', '3', 'false'])
  })

  it('finds the folders of mail', async () => {
    const folders = await send('davmail/find-mail-folders')
    expect(values(folders)).toContain('Sent Items')
    expect(values(folders).filter((value) => value === 'IPF.Note')).toHaveLength(6)
  })

  it('finds messages by MAPI properties and sorts by them', async () => {
    const found = await send('davmail/find-messages')
    expect(itemIds(found)).toHaveLength(3)
    expect(all(found, /PropertyTag="(0xe06)" PropertyType="SystemTime"/)).toHaveLength(3)
    expect(itemIds(await send('davmail/find-by-message-id'))).toHaveLength(1)
  })

  it('gets MIME', async () => {
    const mime = /<t:MimeContent[^>]*>([^<]+)</.exec(await send('davmail/get-mime'))?.[1] ?? ''
    expect(Buffer.from(mime, 'base64').toString()).toContain('Message-ID: <invoice-2@contoso.example>')
  })

  it('puts a message into a folder as if it had been received', async () => {
    expect(responseCodes(await send('davmail/append'))).toEqual(['NoError'])
    const messages = await control<object[]>(simulator, 'GET', `/mailboxes/${mailbox}/folders/inbox/messages`)
    expect(messages.at(-1)).toMatchObject({
      subject: 'Appended',
      isRead: true,
      receivedAt: '2020-02-03T04:05:06.000Z',
    })
    const client = await ewsClient(simulator, mailbox)
    const { body } = await client.call(
      findItem({ properties: field('item:IsDraft'), restriction: isEqualTo('item:Subject', 'Appended') }),
    )
    expect(body).toContain('<t:IsDraft>false</t:IsDraft>')
  })

  it('flags and copies a message', async () => {
    expect(responseCodes(await send('davmail/flag'))).toEqual(['NoError'])
    await send('davmail/copy')
    expect(await subjects(mailbox, 'drafts')).toEqual(['Invoice 2'])
    const properties =
      '<t:ExtendedFieldURI PropertyTag="0x1090" PropertyType="Integer"/>' +
      '<t:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings" PropertyName="Labels" PropertyType="StringArray"/>'
    const drafts = '<t:DistinguishedFolderId Id="drafts"/>'
    const client = await ewsClient(simulator, mailbox)
    expect(values((await client.call(findItem({ folder: drafts, properties }))).body)).toEqual([
      '2',
      'one',
      'two',
    ])
  })

  it('looks up a name', async () => {
    expect(await send('davmail/resolve-names')).toContain('thomas.berger@contoso.example')
  })
})

describe("Microsoft's schema", () => {
  it('allows each of these requests, and every answer to it', async () => {
    const names = (await readdir(fixtures, { recursive: true })).filter((name) => name.endsWith('.xml'))
    const sent = Object.keys(documents).filter((name) => name.endsWith('-request'))
    expect(sent.sort()).toEqual(
      names.map((name) => name.replace('/', '-').replace('.xml', '-request')).sort(),
    )
    expect(await validateAnswers(documents)).toEqual([])
  })
})
