import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complexTypes, simpleTypes } from '../src/ews/schema.ts'
import { type Simulator, startSimulator } from '../src/index.ts'
import { control, envelope, ewsClient, itemIds } from './support/ews-client.ts'
import {
  convertId,
  createFolder,
  createFromMime,
  field,
  findItem,
  getEvents,
  getItem,
  getStreamingEvents,
  inbox,
  isEqualTo,
  itemIdList,
  itemShape,
  mail,
  moveItem,
  respond,
  setIsRead,
  subscribe,
  subscribeToPull,
  syncFolderItems,
} from './support/ews-requests.ts'
import { validateAnswers } from './support/validate-answers.ts'

const types = new URL('../../test/fixtures/ews-schema/', import.meta.url)
let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())

const approvals = 'approvals@contoso.example'
const everything = `<t:BaseShape>AllProperties</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent>`

describe("Microsoft's schema", () => {
  it('allows every request of these tests and every answer to it', async () => {
    const client = await ewsClient(simulator)
    const documents: Record<string, string> = {}
    const ask = async (name: string, operation: string, headers?: Record<string, string>) => {
      const { body } = await client.call(operation, headers)
      documents[`${name}-request`] = envelope(operation, approvals)
      documents[`${name}-answer`] = body
      return body
    }
    const incoming = mail(
      {
        From: '"Belkacem, Nadia" <nadia.belkacem@contoso.example>',
        To: `${approvals}, Team: elodie.gagnon@contoso.example, thomas.berger@contoso.example;`,
        Cc: 'anna.novak@fabrikam.example',
        'Reply-To': 'nadia.belkacem@contoso.example',
        Subject: 'RE: <Please> & "answer" \u0001',
        'In-Reply-To': '<r1@contoso.example>',
        References: '<r1@contoso.example>',
        'Message-ID': '<n1@contoso.example>',
        'X-Empty': '',
      },
      'Approved \u0008 ]]>\r\n> quoted\r\n',
    )
    const deliver = (origin: string) =>
      control<{ id: string }>(simulator, 'POST', `/mailboxes/${approvals}/messages?as=${origin}`, incoming)
    for (const origin of ['internal', 'external-pass', 'external-fail', 'spoof', 'junk'])
      await deliver(origin)

    const first = await ask('sync', syncFolderItems())
    const ids = itemIds(first)
    const [id = '', other = '', third = ''] = ids
    const view = [
      'item:Subject',
      'item:Size',
      'message:From',
      'message:InternetMessageId',
      'item:HasAttachments',
    ]
    const tag = '<t:ExtendedFieldURI PropertyTag="0x5D01" PropertyType="String"/>'
    await ask('sync-properties', syncFolderItems({ properties: view.map(field).join('') + tag }))
    await ask(
      'find',
      findItem({
        properties: view.map(field).join('') + tag,
        restriction: isEqualTo('message:IsRead', 'false'),
      }),
    )
    await ask('find-all', findItem({}).replace('>IdOnly<', '>AllProperties<'))
    await ask('find-default', findItem({}).replace('>IdOnly<', '>Default<'))
    await ask('find-missing', findItem({ folder: '<t:DistinguishedFolderId Id="tasks"/>' }))
    await ask('find-refused', findItem({ properties: field('item:Body') }))
    await ask(
      'get',
      getItem([id, 'AAMkGONE=', other], tag, '').replace('<t:BaseShape>IdOnly</t:BaseShape>', everything),
    )
    const bodies = '<t:BodyType>Text</t:BodyType><t:UniqueBodyType>Text</t:UniqueBodyType>'
    const wanted = ['item:Body', 'item:UniqueBody', 'item:InternetMessageHeaders', 'message:ReplyTo']
    await ask('get-text', getItem([id], wanted.map(field).join(''), bodies))
    await ask('update', setIsRead(id, { resolution: 'AlwaysOverwrite' }))
    await ask('update-stale', setIsRead(id, { changeKey: 'AAAA' }))
    await ask('create-folder', createFolder('Processed'))
    await ask('create-folder-again', createFolder('Processed'))
    await ask(
      'get-folder',
      `<m:GetFolder><m:FolderShape><t:BaseShape>AllProperties</t:BaseShape></m:FolderShape><m:FolderIds>${inbox}<t:DistinguishedFolderId Id="msgfolderroot"/><t:DistinguishedFolderId Id="tasks"/></m:FolderIds></m:GetFolder>`,
    )
    await ask(
      'find-folder',
      `<m:FindFolder Traversal="Deep"><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:IndexedPageFolderView MaxEntriesReturned="3" Offset="0" BasePoint="Beginning"/><m:ParentFolderIds><t:DistinguishedFolderId Id="msgfolderroot"/></m:ParentFolderIds></m:FindFolder>`,
    )
    await ask(
      'convert',
      convertId(
        [
          { format: 'EwsId', id },
          { format: 'EwsId', id: 'AAAA' },
        ],
        'HexEntryId',
      ),
    )
    await ask('convert-nobody', convertId([{ format: 'EwsId', id }], 'OwaId', 'nobody@contoso.example'))
    for (const kind of ['ReplyToItem', 'ReplyAllToItem']) await ask(kind, respond(kind, id))
    await ask('ForwardItem', respond('ForwardItem', id, { recipients: 'nadia.belkacem@contoso.example' }))
    await ask('reply-draft', respond('ReplyToItem', id, { disposition: 'SaveOnly', type: 'HTML' }))
    const pulling = await ask('pull', subscribeToPull(['NewMailEvent', 'MovedEvent', 'CopiedEvent']))
    const [, pulled = '', watermark = ''] =
      /<m:SubscriptionId>([^<]+)<.*<m:Watermark>([^<]+)</.exec(pulling) ?? []
    await ask('pull-nothing', getEvents(pulled, watermark))
    await ask('pull-wrong', getEvents(pulled, 'AAAA'))
    await deliver('external-pass')
    const moved = await ask('move', moveItem([other, other], '<t:DistinguishedFolderId Id="junkemail"/>'))
    await ask('pull-events', getEvents(pulled, watermark))
    await ask('move-nowhere', moveItem([third], '<t:DistinguishedFolderId Id="tasks"/>'))
    await ask('copy', moveItem([third], inbox).replaceAll('MoveItem', 'CopyItem'))
    await ask(
      'delete',
      `<m:DeleteItem DeleteType="HardDelete">${itemIdList([...itemIds(moved), third, third])}</m:DeleteItem>`,
    )
    await ask('sync-again', syncFolderItems({ state: /<m:SyncState>([^<]+)</.exec(first)?.[1] ?? '' }))
    await ask('sync-refused', syncFolderItems({ state: 'AAAA' }))
    const message = mail({ To: 'nadia.belkacem@contoso.example', Subject: 'x' })
    await ask('create', createFromMime([message, mail({ To: 'nobody' }), 'nonsense']))
    const saved = await ask('save', createFromMime([message, message], 'SaveOnly'))
    const [, draft, key] = /Id="([^"]+)" ChangeKey="([^"]+)"/.exec(saved) ?? []
    await ask(
      'send',
      `<m:SendItem SaveItemToFolder="true">${itemIdList([draft ?? ''], key ?? '')}<m:SavedItemFolderId><t:DistinguishedFolderId Id="sentitems"/></m:SavedItemFolderId></m:SendItem>`,
    )
    await ask(
      'send-gone',
      `<m:SendItem SaveItemToFolder="false">${itemIdList([draft ?? ''], key ?? '')}</m:SendItem>`,
    )
    for (const entry of ['thomas', 'n', 'nobody']) {
      await ask(
        `resolve-${entry}`,
        `<m:ResolveNames ReturnFullContactData="false"><m:UnresolvedEntry>${entry}</m:UnresolvedEntry></m:ResolveNames>`,
      )
    }
    await control(simulator, 'POST', '/faults', {
      operation: 'GetItem',
      times: 1,
      answer: { code: 'ErrorServerBusy', as: 'response', backOffMilliseconds: 297_749 },
    })
    await ask('get-busy', getItem([id]))
    const affinity = { 'x-preferserveraffinity': 'true' }
    const subscribed = await ask(
      'subscribe',
      subscribe(['NewMailEvent', 'MovedEvent', 'DeletedEvent']),
      affinity,
    )
    const subscription = /<m:SubscriptionId>([^<]+)</.exec(subscribed)?.[1] ?? ''
    await ask(
      'unsubscribe',
      `<m:Unsubscribe><m:SubscriptionId>${subscription}</m:SubscriptionId></m:Unsubscribe>`,
    )
    await ask(
      'unsubscribe-again',
      `<m:Unsubscribe><m:SubscriptionId>${subscription}</m:SubscriptionId></m:Unsubscribe>`,
    )
    await ask('stream-lost', getStreamingEvents(subscription))
    Object.assign(documents, await streamed(client))

    expect(await validateAnswers(documents)).toEqual([])
  })

  /** The envelopes of one streaming connection that tells of a new, a moved and a deleted message, then closes. */
  async function streamed(client: Awaited<ReturnType<typeof ewsClient>>): Promise<Record<string, string>> {
    const answer = await client.call(
      subscribe([
        'NewMailEvent',
        'CreatedEvent',
        'ModifiedEvent',
        'MovedEvent',
        'CopiedEvent',
        'DeletedEvent',
      ]),
      { 'x-preferserveraffinity': 'true' },
    )
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? ''
    const subscription = /<m:SubscriptionId>([^<]+)</.exec(answer.body)?.[1] ?? ''
    const stream = client.call(getStreamingEvents(subscription, 1), { cookie })
    await expect.poll(() => simulator.world().hangingConnections.get(approvals)).toBe(1)
    const { id } = await control<{ id: string }>(
      simulator,
      'POST',
      `/mailboxes/${approvals}/messages`,
      mail({ From: 'anna.novak@fabrikam.example', Subject: 'x' }),
    )
    await client.call(setIsRead(id, { resolution: 'AlwaysOverwrite' }))
    await client.call(moveItem([id], inbox).replaceAll('MoveItem', 'CopyItem'))
    const [moved = ''] = itemIds((await client.call(moveItem([id], inbox))).body)
    await client.call(`<m:DeleteItem DeleteType="SoftDelete">${itemIdList([moved])}</m:DeleteItem>`)
    await control(simulator, 'POST', '/clock', { advanceMs: 60_000 })
    const envelopes = (await stream).body.split(/(?<=<\/s:Envelope>)/)
    const told = [
      'NewMailEvent',
      'CreatedEvent',
      'ModifiedEvent',
      'MovedEvent',
      'CopiedEvent',
      'DeletedEvent',
    ]
    for (const event of told) expect(envelopes.join('')).toContain(`<t:${event}>`)
    return Object.fromEntries(envelopes.map((text, index) => [`stream-${index}`, text]))
  }

  it('knows every ResponseCode that the simulator uses', async () => {
    const folder = new URL('../src/', import.meta.url)
    // Graph has codes of its own beside those of EWS.
    const files = (await readdir(folder, { recursive: true })).filter(
      (name) => name.endsWith('.ts') && !name.startsWith('graph/'),
    )
    const sources = await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')))
    const used = new Set(sources.join('').match(/(?<=')Error[A-Z]\w+(?=')/g))
    const schema = await readFile(new URL('messages.xsd', types), 'utf8')
    expect(used.size).toBeGreaterThan(30)
    expect([...used].filter((code) => !schema.includes(`value="${code}"`))).toEqual([])
  })

  it('refuses what it should: the check itself can fail', async () => {
    const wrong = envelope(`<m:GetItem>${itemIdList(['A'])}${itemShape()}</m:GetItem>`, approvals)
    expect(await validateAnswers({ wrong })).not.toEqual([])
  })
})

/** Types of `schema.ts` under another name than the schema's, or put together from several there. */
const namesInSchema: Record<string, string[]> = {
  MoveItem: ['BaseMoveCopyItemType'],
  CopyItem: ['BaseMoveCopyItemType'],
  ItemShape: ['ItemResponseShapeType'],
  FolderShape: ['FolderResponseShapeType'],
  AttachmentShape: ['AttachmentResponseShapeType'],
  AttachmentId: ['RequestAttachmentIdType'],
  AttachmentIds: ['NonEmptyArrayOfRequestAttachmentIdsType'],
  ItemIds: ['NonEmptyArrayOfBaseItemIdsType'],
  FolderIds: ['NonEmptyArrayOfBaseFolderIdsType'],
  SubscriptionIds: ['NonEmptyArrayOfSubscriptionIdsType'],
  SortOrder: ['NonEmptyArrayOfFieldOrdersType'],
  Items: ['NonEmptyArrayOfAllItemsType'],
  Message: ['ItemType', 'MessageType'],
  Strings: ['ArrayOfStringsType'],
  Values: ['NonEmptyArrayOfPropertyValuesType'],
  Recipient: ['SingleRecipientType'],
  Recipients: ['ArrayOfRecipientsType'],
  Mailbox: ['EmailAddressType'],
  ItemChanges: ['NonEmptyArrayOfItemChangesType'],
  Updates: ['NonEmptyArrayOfItemChangeDescriptionsType'],
  Folders: ['NonEmptyArrayOfFoldersType'],
  Folder: ['BaseFolderType', 'FolderType'],
  StreamingSubscription: ['StreamingSubscriptionRequestType'],
  PullSubscription: ['BaseSubscriptionRequestType', 'PullSubscriptionRequestType'],
  AlternateIds: ['NonEmptyArrayOfAlternateIdsType'],
  AlternateId: ['AlternateIdBaseType', 'AlternateIdType'],
  SmartResponse: ['SmartResponseBaseType', 'SmartResponseType'],
  Bitmask: ['ExcludesValueType'],
  EventTypes: ['NonEmptyArrayOfNotificationEventTypesType'],
  IndexedPageView: ['BasePagingType', 'IndexedPageViewType'],
  Contains: ['ContainsExpressionType'],
  Comparison: ['TwoOperandExpressionType'],
  FieldURI: ['PathToUnindexedFieldType'],
  ExtendedFieldURI: ['PathToExtendedFieldType'],
  Constant: ['ConstantValueType'],
  Operands: ['MultipleOperandBooleanExpressionType'],
  Operand: ['NotType'],
  Paths: ['NonEmptyArrayOfPathsToElementType'],
}

describe('schema.ts', () => {
  let text: string
  beforeAll(async () => {
    const files = ['messages.xsd', 'types.xsd'].map((name) => readFile(new URL(name, types), 'utf8'))
    text = (await Promise.all(files)).join('').replace(/<!--[\s\S]*?-->/g, '')
  })
  const definition = (name: string) =>
    new RegExp(`<xs:complexType [^>]*name="${name}"[\\s\\S]*?</xs:complexType>`).exec(text)?.[0] ??
    `${name} is not there`
  const names = (type: string, kind: 'element' | 'attribute') =>
    [
      ...(namesInSchema[type] ?? [`${type}Type`])
        .map(definition)
        .join('')
        .matchAll(new RegExp(`<xs:${kind}\\s+(?:minOccurs="0"\\s+)?name="([^"]+)"`, 'g')),
    ].map(([, name]) => name ?? '')
  const isReference = (name: string) =>
    /^(FieldURI|ExtendedFieldURI|IndexedFieldURI|Is|And|Or|Not|Exists|Contains|Excludes|Near)/.test(name)

  it.each(Object.keys(complexTypes))(
    '%s has the names, the order and the attributes of the schema',
    (type) => {
      const { children, attributes } = complexTypes[type] ?? { children: [], attributes: [] }
      const ours = children
        .flatMap((particle) => particle.replace(/[?*+]$/, '').split('|'))
        .map((name) => name.split(':')[0] ?? '')
        .filter((name) => !isReference(name))
      const theirs = names(type, 'element')
      expect(ours.filter((name) => !theirs.includes(name))).toEqual([])
      if (!children.some((particle) => particle.includes('|'))) {
        expect(ours).toEqual(theirs.filter((name) => ours.includes(name)))
      }
      const declared = names(type, 'attribute')
      expect(
        attributes
          .map((attribute) => attribute.split(':')[0])
          .filter((name) => !declared.includes(name ?? '')),
      ).toEqual([])
    },
  )

  it('uses no type that it does not define', () => {
    const used = Object.values(complexTypes).flatMap(({ children, attributes, text: value }) => [
      ...children.flatMap((particle) => particle.replace(/[?*+]$/, '').split('|')),
      ...attributes.map((attribute) => attribute.replace('!', '')),
      ...(value === undefined ? [] : [`text:${value}`]),
    ])
    const undefinedTypes = used
      .map((name) => name.split(':')[1] ?? '')
      .filter((type) => type !== 'NotSimulated' && !(type in complexTypes) && !(type in simpleTypes))
    expect(undefinedTypes).toEqual([])
  })
})
