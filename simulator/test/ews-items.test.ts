import { gunzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { deliverMail, lastNumber } from './support/deliver-mail.ts'
import { all, changeKeys, control, ewsClient, itemIds, responseCodes } from './support/ews-client.ts'
import {
  convertId,
  createFolder,
  createFromMime,
  field,
  findItem,
  getItem,
  inbox,
  isEqualTo,
  itemIdList,
  mail,
  moveItem,
  setIsRead,
  syncFolderItems,
} from './support/ews-requests.ts'

let simulator: Simulator
let client: Awaited<ReturnType<typeof ewsClient>>
beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  client = await ewsClient(simulator)
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

const arrive = (fields?: Record<string, string>, body?: string) => deliverMail(simulator, fields, body)

describe('an answer', () => {
  it('is compressed for a client that takes it so', async () => {
    await arrive()
    const plain = await client.call(findItem({}))
    const packed = await client.call(findItem({}), { 'accept-encoding': 'gzip, deflate' })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(packed.octets).toString()).toBe(plain.body)
  })
})

describe('UpdateItem', () => {
  it('gives a new ChangeKey and refuses the old one', async () => {
    const id = await arrive()
    const [before] = changeKeys((await client.call(getItem([id]))).body)
    const updated = await client.call(setIsRead(id, { changeKey: before ?? '' }))
    expect(responseCodes(updated.body)).toEqual(['NoError'])
    const [after] = changeKeys(updated.body)
    expect(after).not.toBe(before)
    const stale = await client.call(setIsRead(id, { changeKey: before ?? '' }))
    expect(responseCodes(stale.body)).toEqual(['ErrorIrresolvableConflict'])
    const forced = await client.call(
      setIsRead(id, { changeKey: before ?? '', resolution: 'AlwaysOverwrite' }),
    )
    expect(responseCodes(forced.body)).toEqual(['NoError'])
  })

  it('does without a ChangeKey only when it may overwrite', async () => {
    const id = await arrive()
    expect(responseCodes((await client.call(setIsRead(id))).body)).toEqual([
      'ErrorChangeKeyRequiredForWriteOperations',
    ])
    expect(responseCodes((await client.call(setIsRead(id, { resolution: 'AlwaysOverwrite' }))).body)).toEqual(
      ['NoError'],
    )
  })

  it('replaces the whole list of categories', async () => {
    const id = await arrive()
    const categorise = (names: string[]) =>
      setIsRead(id, { resolution: 'AlwaysOverwrite' })
        .replace('message:IsRead', 'item:Categories')
        .replace(
          '<t:IsRead>true</t:IsRead>',
          `<t:Categories>${names.map((name) => `<t:String>${name}</t:String>`).join('')}</t:Categories>`,
        )
    await client.call(categorise(['One', 'Two']))
    await client.call(categorise(['Three']))
    const { body } = await client.call(getItem([id], field('item:Categories')))
    expect(all(body, /<t:String>([^<]+)</)).toEqual(['Three'])
  })

  it('changes nothing of an item when one of its changes is not allowed', async () => {
    const id = await arrive()
    const request = setIsRead(id, { resolution: 'AlwaysOverwrite' }).replace(
      '</t:Updates>',
      `<t:SetItemField>${field('item:Size')}<t:Message><t:Size>1</t:Size></t:Message></t:SetItemField></t:Updates>`,
    )
    expect(responseCodes((await client.call(request)).body)).toEqual(['ErrorInvalidPropertySet'])
    expect((await client.call(getItem([id], field('message:IsRead')))).body).toContain(
      '<t:IsRead>false</t:IsRead>',
    )
  })
})

describe('ConvertId', () => {
  it('gives each format back, and refuses what is none', async () => {
    const id = await arrive()
    const convert = async (format: string, source: string, destination: string) => {
      const { body } = await client.call(convertId([{ format, id: source }], destination))
      return /<m:AlternateId [^>]*Id="([^"]+)"/.exec(body)?.[1] ?? responseCodes(body)[0] ?? ''
    }
    for (const format of ['EwsLegacyId', 'EwsId', 'EntryId', 'HexEntryId', 'StoreId', 'OwaId']) {
      const other = await convert('EwsId', id, format)
      expect(other).toMatch(format === 'HexEntryId' ? /^[0-9A-F]+$/ : /^[A-Za-z0-9+/=%]+$/)
      expect(await convert(format, other, 'EwsId')).toBe(id)
    }
    expect(await convert('HexEntryId', id, 'EwsId')).toBe('ErrorInvalidIdMalformed')
    expect(await convert('EwsId', 'AAMkAA1=', 'EntryId')).toBe('ErrorInvalidIdMalformed')
    const nobody = await client.call(
      convertId([{ format: 'EwsId', id }], 'EntryId', 'nobody@contoso.example'),
    )
    expect(responseCodes(nobody.body)).toEqual(['ErrorNonExistentMailbox'])
  })
})

describe('MoveItem and DeleteItem', () => {
  it('gives the moved item a new id; the old one is gone', async () => {
    const id = await arrive()
    const folder = all((await client.call(createFolder('Processed'))).body, /<t:FolderId Id="([^"]+)"/)[0]
    const moved = await client.call(moveItem([id, 'AAMkGONE=', id], `<t:FolderId Id="${folder}"/>`))
    expect(responseCodes(moved.body)).toEqual(['NoError', 'ErrorInvalidIdMalformed', 'ErrorItemNotFound'])
    const [newId] = itemIds(moved.body)
    expect(newId).not.toBe(id)
    const both = await client.call(getItem([id, newId ?? '']))
    expect(responseCodes(both.body)).toEqual(['ErrorItemNotFound', 'NoError'])
    const listed = await control<{ id: string }[]>(
      simulator,
      'GET',
      '/mailboxes/approvals@contoso.example/folders/Inbox%2FProcessed/messages',
    )
    expect(listed.map((item) => item.id)).toEqual([newId])
  })

  it('refuses a folder that is not there', async () => {
    const id = await arrive()
    const answer = await client.call(moveItem([id], `<t:FolderId Id="${id}"/>`)) // no folder has an item's id
    expect(responseCodes(answer.body)).toEqual(['ErrorToFolderNotFound'])
    expect(responseCodes((await client.call(getItem([id]))).body)).toEqual(['NoError'])
  })

  it('copies, and keeps the original', async () => {
    const id = await arrive()
    const request = moveItem([id], '<t:DistinguishedFolderId Id="junkemail"/>').replaceAll(
      'MoveItem',
      'CopyItem',
    )
    const [copy] = itemIds((await client.call(request)).body)
    expect(responseCodes((await client.call(getItem([id, copy ?? '']))).body)).toEqual(['NoError', 'NoError'])
  })

  it.each([
    ['MoveToDeletedItems', 1],
    ['SoftDelete', 0],
    ['HardDelete', 0],
  ])('deletes by %s', async (type, kept) => {
    const id = await arrive()
    const request = `<m:DeleteItem DeleteType="${type}">${itemIdList([id])}</m:DeleteItem>`
    expect(responseCodes((await client.call(request)).body)).toEqual(['NoError'])
    expect(responseCodes((await client.call(request)).body)).toEqual(['ErrorItemNotFound'])
    const found = await client.call(findItem({ folder: '<t:DistinguishedFolderId Id="deleteditems"/>' }))
    expect(itemIds(found.body)).toHaveLength(kept)
  })
})

describe('folders', () => {
  it('has a name once', async () => {
    expect(responseCodes((await client.call(createFolder('Processed'))).body)).toEqual(['NoError'])
    expect(responseCodes((await client.call(createFolder('processed'))).body)).toEqual(['ErrorFolderExists'])
    const named = `<m:FindFolder Traversal="Shallow"><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:Restriction>${isEqualTo('folder:DisplayName', 'Processed')}</m:Restriction><m:ParentFolderIds>${inbox}</m:ParentFolderIds></m:FindFolder>`
    const found = await client.call(named)
    expect(all(found.body, /<t:DisplayName>([^<]+)</)).toEqual(['Processed'])
    const deep = named.replace('Shallow', 'Deep').replace('"inbox"', '"msgfolderroot"')
    expect(all((await client.call(deep)).body, /<t:DisplayName>([^<]+)</)).toEqual(['Processed'])
  })

  it('counts', async () => {
    await arrive()
    const read = await arrive()
    await client.call(setIsRead(read, { resolution: 'AlwaysOverwrite' }))
    const { body } = await client.call(
      `<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds>${inbox}</m:FolderIds></m:GetFolder>`,
    )
    expect(body).toContain('<t:TotalCount>2</t:TotalCount>')
    expect(body).toContain('<t:UnreadCount>1</t:UnreadCount>')
  })
})

describe('what a view does not give', () => {
  it.each([
    'item:Body',
    'item:MimeContent',
    'item:InternetMessageHeaders',
    'item:UniqueBody',
    'message:ToRecipients',
  ])('%s', async (uri) => {
    await arrive()
    const found = await client.call(findItem({ properties: field(uri) }))
    expect(responseCodes(found.body)).toEqual(['ErrorInvalidPropertyForOperation'])
    const synced = await client.call(syncFolderItems({ properties: field(uri) }))
    expect(responseCodes(synced.body)).toEqual(['ErrorInvalidPropertyForOperation'])
  })

  it('the SMTP address of a sender inside the organisation', async () => {
    const id = await arrive()
    const view = await client.call(findItem({ properties: field('message:From') }))
    expect(view.body).toContain('<t:RoutingType>EX</t:RoutingType>')
    expect(view.body).not.toContain('nadia.belkacem@contoso.example')
    const item = await client.call(getItem([id], field('message:From')))
    expect(item.body).toContain('<t:EmailAddress>nadia.belkacem@contoso.example</t:EmailAddress>')
  })
})

describe('FindItem', () => {
  const unread = isEqualTo('message:IsRead', 'false')

  it('finds by properties, extended ones too', async () => {
    const first = await arrive()
    const second = await arrive({ 'In-Reply-To': '<r1@contoso.example>' })
    await client.call(setIsRead(first, { resolution: 'AlwaysOverwrite' }))
    const search = async (restriction: string) => itemIds((await client.call(findItem({ restriction }))).body)
    const messageId = `&lt;m${lastNumber() - 1}@contoso.example&gt;`
    expect(await search(unread)).toEqual([second])
    expect(await search(`<t:Not>${unread}</t:Not>`)).toEqual([first])
    expect(await search(isEqualTo('message:InternetMessageId', messageId))).toEqual([first])
    expect(
      await search(`<t:And>${unread}${isEqualTo('message:InternetMessageId', messageId)}</t:And>`),
    ).toEqual([])
    expect(
      await search(`<t:Or>${unread}${isEqualTo('message:InternetMessageId', messageId)}</t:Or>`),
    ).toEqual([second, first])
    const tag = (number: string) => `<t:ExtendedFieldURI PropertyTag="${number}" PropertyType="String"/>`
    expect(await search(`<t:Exists>${tag('0x1042')}</t:Exists>`)).toEqual([second])
    const byTag = unread.replace(field('message:IsRead'), tag('0x1035')).replace('"false"', `"${messageId}"`)
    expect(await search(byTag)).toEqual([first])
    const contains = `<t:Contains ContainmentMode="Substring" ContainmentComparison="IgnoreCase">${field('item:Subject')}<t:Constant Value="mESSAGE ${lastNumber()}"/></t:Contains>`
    expect(await search(contains)).toEqual([second])
    const since = (moment: string) =>
      unread
        .replaceAll('IsEqualTo', 'IsGreaterThan')
        .replace('message:IsRead', 'item:DateTimeReceived')
        .replace('"false"', `"${moment}"`)
    expect(await search(since('2000-01-01T00:00:00Z'))).toHaveLength(2)
    expect(await search(since('2100-01-01T00:00:00Z'))).toHaveLength(0)
  })

  it('refuses to search by what cannot be searched', async () => {
    const answer = await client.call(findItem({ restriction: isEqualTo('item:Body', 'x') }))
    expect(responseCodes(answer.body)).toEqual(['ErrorUnsupportedPathForQuery'])
  })

  it('gives at most 1000 a page, and 250 with a restriction', async () => {
    const raw = mail({ From: 'anna.novak@fabrikam.example', To: 'approvals@contoso.example', Subject: 'x' })
    const path = '/mailboxes/approvals@contoso.example/messages'
    for (let index = 0; index < 1001; index += 1) await control(simulator, 'POST', path, raw)
    const plain = await client.call(findItem({ limit: 5000 }))
    expect(itemIds(plain.body)).toHaveLength(1000)
    expect(plain.body).toContain(
      'IndexedPagingOffset="1000" TotalItemsInView="1001" IncludesLastItemInRange="false"',
    )
    const rest = await client.call(findItem({ limit: 5000, offset: 1000 }))
    expect(itemIds(rest.body)).toHaveLength(1)
    expect(rest.body).toContain('IncludesLastItemInRange="true"')
    const restricted = await client.call(findItem({ limit: 1000, restriction: unread }))
    expect(itemIds(restricted.body)).toHaveLength(250)
    expect(restricted.body).toContain('IncludesLastItemInRange="false"')
  })

  it('sorts', async () => {
    const b = await arrive({ Subject: 'b' })
    const a = await arrive({ Subject: 'a' })
    const sort = (order: string) =>
      `<m:SortOrder><t:FieldOrder Order="${order}">${field('item:Subject')}</t:FieldOrder></m:SortOrder>`
    expect(itemIds((await client.call(findItem({ sort: sort('Ascending') }))).body)).toEqual([a, b])
    expect(itemIds((await client.call(findItem({ sort: sort('Descending') }))).body)).toEqual([b, a])
    expect(itemIds((await client.call(findItem({}))).body)).toEqual([a, b])
  })
})

describe('GetItem', () => {
  it('reads a message whole, in the type of body asked for', async () => {
    const id = await arrive(
      { 'Content-Type': 'text/html; charset=utf-8', 'X-MS-TNEF-Correlator': '' },
      '<p>Approved &amp; done</p><p>On Monday, Approvals &lt;approvals@contoso.example&gt; wrote:</p><p>&gt; Please answer</p>',
    )
    const properties = [
      'item:Body',
      'item:UniqueBody',
      'item:InternetMessageHeaders',
      'message:ToRecipients',
    ].map(field)
    const text = '<t:IncludeMimeContent>true</t:IncludeMimeContent><t:BodyType>Text</t:BodyType>'
    const { body } = await client.call(getItem([id], properties.join(''), text))
    expect(/<t:UniqueBody[^>]*>([^<]*)</.exec(body)?.[1]).toBe('Approved &amp; done')
    expect(body).toContain('<t:InternetMessageHeader HeaderName="X-MS-TNEF-Correlator"/>')
    expect(body).toContain('<t:EmailAddress>approvals@contoso.example</t:EmailAddress>')
    const mime = Buffer.from(/<t:MimeContent[^>]*>([^<]+)</.exec(body)?.[1] ?? '', 'base64').toString()
    expect(mime).toContain(`Message-ID: <m${lastNumber()}@contoso.example>`)
    const html = await client.call(getItem([id], field('item:Body'), '<t:BodyType>HTML</t:BodyType>'))
    expect(html.body).toContain('<t:Body BodyType="HTML" IsTruncated="false">&lt;p&gt;Approved')
  })

  it('makes text of HTML, and is not slowed down by what never closes', async () => {
    const html = { 'Content-Type': 'text/html; charset=utf-8' }
    const asText = async (body: string) => {
      const answer = await client.call(
        getItem([await arrive(html, body)], field('item:Body'), '<t:BodyType>Text</t:BodyType>'),
      )
      return /<t:Body [^>]*?(?:\/>|>([^<]*)<\/t:Body>)/.exec(answer.body)?.[1] ?? ''
    }
    const page = '<head><title>x</title></head><style>p { }</style>Yes,<br>it&nbsp;is &lt;fine&gt;<p>2 < 3'
    expect(await asText(page)).toBe('Yes,\r\nit is &lt;fine&gt;2 &lt; 3')
    expect(await asText('<style>'.repeat(100_000))).toBe('')
  })

  it('gives the transport headers of what was delivered, and none of a draft', async () => {
    const id = await arrive()
    const draft = await client.call(
      createFromMime([mail({ To: 'nadia.belkacem@contoso.example', Subject: 'x' })], 'SaveOnly'),
    )
    const tag = '<t:ExtendedFieldURI PropertyTag="0x007D" PropertyType="String"/>'
    const { body } = await client.call(getItem([id, itemIds(draft.body)[0] ?? ''], tag))
    expect(all(body, /PropertyTag="(0x7d)"/)).toHaveLength(1)
    expect(body).toContain('X-MS-Exchange-Organization-AuthAs: Internal')
  })

  it('knows a custom header as a property from its second mail on', async () => {
    const header =
      '<t:ExtendedFieldURI DistinguishedPropertySetId="InternetHeaders" PropertyName="X-Sample" PropertyType="String"/>'
    const first = await arrive({ 'X-Sample': 'one' })
    const second = await arrive({ 'X-Sample': 'two' })
    const { body } = await client.call(getItem([first, second], header))
    expect(all(body, /<t:Value>([^<]+)</)).toEqual(['two'])
  })

  it('writes characters that XML cannot hold as replacement characters', async () => {
    const id = await arrive({ Subject: '=?utf-8?B?YQBiDGM=?=' })
    expect((await client.call(getItem([id], field('item:Subject')))).body).toContain(
      '<t:Subject>a\ufffdb\ufffdc</t:Subject>',
    )
  })
})
