import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { control, http } from './support/ews-client.ts'
import { mail } from './support/ews-requests.ts'
import { entrances, escaped, ews, mailbox } from './support/foreign-client.ts'

const nadia = 'nadia.belkacem@contoso.example'
const {
  BasePropertySet,
  BodyType,
  ConflictResolutionMode,
  EmailMessage,
  EmailMessageSchema,
  ExtendedPropertyDefinition,
  Folder,
  ItemSchema,
  ItemView,
  MapiPropertyType,
  MessageBody,
  PropertySet,
  SearchFilter,
  SortDirection,
  WellKnownFolderName,
} = ews

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

interface Listed {
  id: string
  subject: string
  isRead: boolean
}

const list = (address: string, folder: string) =>
  control<Listed[]>(simulator, 'GET', `/mailboxes/${address}/folders/${folder}/messages`)
const subjects = async (address: string, folder: string) =>
  (await list(address, folder)).map(({ subject }) => subject)

/** The raw message that is alone in a folder. */
async function only(address: string, folder: string): Promise<string> {
  const [item, ...more] = await list(address, folder)
  expect(more).toEqual([])
  const path = `/_sim/mailboxes/${address}/folders/${folder}/messages/${encodeURIComponent(item?.id ?? '')}`
  return (await http(simulator, 'GET', `${simulator.http}${path}`)).body
}

function arrive(subject: string, fields: Record<string, string> = {}) {
  const raw = mail({
    From: `"Nadia Belkacem" <${nadia}>`,
    To: mailbox,
    Cc: 'thomas.berger@contoso.example',
    Subject: subject,
    'Message-ID': `<${subject}@contoso.example>`,
    ...fields,
  })
  return control<{ id: string }>(simulator, 'POST', `/mailboxes/${mailbox}/messages?as=internal`, raw)
}

describe.each(Object.entries(entrances))('ews-javascript-api as %s', (_, enter) => {
  let service: InstanceType<typeof ews.ExchangeService>
  beforeEach(async () => {
    service = await enter(simulator)
  })
  const find = async (subject: string) => {
    const filter = new SearchFilter.IsEqualTo(ItemSchema.Subject, subject)
    const [item] = (await service.FindItems(WellKnownFolderName.Inbox, filter, new ItemView(1))).Items
    if (!item) throw new Error(`no ${subject}`)
    return item
  }
  const draft = (subject: string) => {
    const message = new EmailMessage(service)
    message.Subject = subject
    message.Body = new MessageBody(BodyType.HTML, escaped('<p>Please <b>answer</b></p>'))
    message.ToRecipients.Add(nadia)
    return message
  }

  it('finds folders', async () => {
    await arrive('one')
    const inbox = await Folder.Bind(service, WellKnownFolderName.Inbox)
    expect([inbox.DisplayName, inbox.TotalCount, inbox.UnreadCount]).toEqual(['Inbox', 1, 1])
    const folder = new Folder(service)
    folder.DisplayName = 'Processed'
    await folder.Save(inbox.Id)
    const named = new SearchFilter.IsEqualTo(ews.FolderSchema.DisplayName, 'processed')
    const view = new ews.FolderView(10)
    view.Traversal = ews.FolderTraversal.Deep
    const found = await service.FindFolders(WellKnownFolderName.MsgFolderRoot, named, view)
    expect(found.Folders.map(({ Id }) => Id.UniqueId)).toEqual([folder.Id.UniqueId])
  })

  it('finds items with a restriction and in an order, on MAPI properties too', async () => {
    await arrive('b', { 'In-Reply-To': '<q@contoso.example>' })
    await arrive('c', { 'In-Reply-To': '<q@contoso.example>' })
    await arrive('a')
    const inReplyTo = new ExtendedPropertyDefinition(0x1042, MapiPropertyType.String)
    const messageFlags = new ExtendedPropertyDefinition(0x0e07, MapiPropertyType.Integer)
    const view = new ItemView(10)
    view.OrderBy.Add(
      new ExtendedPropertyDefinition(0x0037, MapiPropertyType.String),
      SortDirection.Descending,
    )
    view.PropertySet = new PropertySet(BasePropertySet.IdOnly, [ItemSchema.Subject, inReplyTo])
    const filter = new SearchFilter.SearchFilterCollection(ews.LogicalOperator.And, [
      new SearchFilter.IsEqualTo(inReplyTo, escaped('<q@contoso.example>')),
      new SearchFilter.ExcludesBitmask(messageFlags, 1),
      new SearchFilter.Exists(EmailMessageSchema.From),
      new SearchFilter.Not(new SearchFilter.IsEqualTo(ItemSchema.Subject, 'a')),
    ])
    const found = await service.FindItems(WellKnownFolderName.Inbox, filter, view)
    expect(found.Items.map(({ Subject }) => Subject)).toEqual(['c', 'b'])
    expect(found.TotalCount).toBe(2)
  })

  it('reads a message and its MIME', async () => {
    await arrive('hello')
    const { Id } = await find('hello')
    const wanted = new PropertySet(BasePropertySet.FirstClassProperties, [
      ItemSchema.MimeContent,
      ItemSchema.TextBody,
      EmailMessageSchema.InternetMessageId,
    ])
    const message = await EmailMessage.Bind(service, Id, wanted)
    expect(message.From.Address).toBe(nadia)
    expect(message.InternetMessageId).toBe('<hello@contoso.example>')
    expect(message.TextBody.Text?.trim()).toBe('Approved')
    const mime = Buffer.from(String(message.MimeContent.Content), 'base64').toString()
    expect(mime).toContain('Message-ID: <hello@contoso.example>')
  })

  it('writes a draft, changes it and sends it', async () => {
    const message = draft('first words')
    await message.Save(WellKnownFolderName.Drafts)
    message.Subject = 'second words'
    await message.Update(ConflictResolutionMode.AutoResolve)
    expect(await subjects(mailbox, 'drafts')).toEqual(['second words'])
    await message.Load()
    await message.SendAndSaveCopy()
    expect(await subjects(mailbox, 'drafts')).toEqual([])
    expect(await subjects(mailbox, 'sentitems')).toEqual(['second words'])
    expect(await subjects(nadia, 'inbox')).toEqual(['second words'])
  })

  it('sends with a change that was not saved', async () => {
    const message = draft('x')
    await message.Save()
    message.Body = new MessageBody(BodyType.Text, 'Changed')
    await message.SendAndSaveCopy()
    expect(await only(nadia, 'inbox')).toContain(Buffer.from('Changed').toString('base64'))
    expect(await subjects(mailbox, 'drafts')).toEqual([])
  })

  it('sends at once, with a copy or without, and with a header of its own', async () => {
    const message = draft('kept')
    const header = ews.DefaultExtendedPropertySet.InternetHeaders
    message.SetExtendedProperty(
      new ExtendedPropertyDefinition(header, 'X-Request', MapiPropertyType.String),
      '42',
    )
    await message.SendAndSaveCopy()
    expect(await only(nadia, 'inbox')).toContain('X-Request: 42\r\n')
    await draft('not kept').Send()
    expect(await subjects(mailbox, 'sentitems')).toEqual(['kept'])
    expect(await subjects(nadia, 'inbox')).toEqual(['kept', 'not kept'])
  })

  it('answers one, answers all and sends on', async () => {
    await arrive('RE: question')
    const message = await EmailMessage.Bind(service, (await find('RE: question')).Id)
    await message.Reply(new MessageBody(BodyType.Text, 'Thanks'), false)
    const reply = await only(nadia, 'inbox')
    expect(reply).toContain('\r\nSubject: RE: question\r\n')
    expect(reply).toContain('\r\nIn-Reply-To: <RE: question@contoso.example>\r\n')
    expect(await subjects('thomas.berger@contoso.example', 'inbox')).toEqual([])
    await message.Reply(new MessageBody(BodyType.Text, 'Thanks to all'), true)
    expect(await subjects('thomas.berger@contoso.example', 'inbox')).toEqual(['RE: question'])
    await message.Forward(new MessageBody('FYI'), [new ews.EmailAddress('elodie.gagnon@contoso.example')])
    expect(await subjects('elodie.gagnon@contoso.example', 'inbox')).toEqual(['FW: question'])
  })

  it('keeps an answer as a draft', async () => {
    await arrive('question')
    const message = await EmailMessage.Bind(service, (await find('question')).Id)
    const reply = message.CreateReply(true)
    reply.BodyPrefix = new MessageBody(BodyType.HTML, escaped('<p>Thanks</p>'))
    const saved = await reply.Save()
    const written = await EmailMessage.Bind(service, saved.Id)
    expect(written.Subject).toBe('RE: question')
    expect(written.Body.Text).toMatch(/^<p>Thanks<\/p>[\s\S]*Approved/)
  })

  it('marks, copies, moves and deletes', async () => {
    await arrive('marked')
    const message = await EmailMessage.Bind(service, (await find('marked')).Id)
    message.IsRead = true
    await message.Update(ConflictResolutionMode.AutoResolve, true)
    expect((await list(mailbox, 'inbox'))[0]?.isRead).toBe(true)
    await message.Copy(WellKnownFolderName.Drafts)
    expect(await subjects(mailbox, 'drafts')).toEqual(['marked'])
    const moved = await message.Move(WellKnownFolderName.JunkEmail)
    expect(moved.Id.UniqueId).not.toBe(message.Id.UniqueId)
    expect(await subjects(mailbox, 'inbox')).toEqual([])
    await moved.Delete(ews.DeleteMode.MoveToDeletedItems)
    expect(await subjects(mailbox, 'deleteditems')).toEqual(['marked'])
    await expect(EmailMessage.Bind(service, moved.Id)).rejects.toMatchObject({
      ErrorCode: ews.ServiceError.ErrorItemNotFound,
    })
  })

  it('follows a folder by its state', async () => {
    await arrive('first')
    const sync = (state: string | null) =>
      service.SyncFolderItems(
        new ews.FolderId(WellKnownFolderName.Inbox),
        PropertySet.FirstClassProperties,
        [],
        100,
        ews.SyncFolderItemsScope.NormalItems,
        String(state ?? ''),
      )
    const first = await sync(null)
    await arrive('second')
    await (await find('first')).Delete(ews.DeleteMode.HardDelete)
    const next = await sync(first.SyncState)
    const kinds = [0, 1].map((at) => ews.ChangeType[next._getItem(at).ChangeType])
    expect([first.Count, next.Count, kinds]).toEqual([1, 2, ['Delete', 'Create']])
  })

  it('pulls events', async () => {
    const inbox = new ews.FolderId(WellKnownFolderName.Inbox)
    const kinds = [ews.EventType.NewMail, ews.EventType.Deleted]
    const subscription = await service.SubscribeToPullNotifications([inbox], 5, '', ...kinds)
    const pulled = async () =>
      [...(await subscription.GetEvents()).ItemEvents].map(({ EventType }) => ews.EventType[EventType])
    await arrive('p')
    expect(await pulled()).toEqual(['NewMail'])
    expect(await pulled()).toEqual([])
    await (await find('p')).Delete(ews.DeleteMode.HardDelete)
    expect(await pulled()).toEqual(['Deleted'])
    await subscription.Unsubscribe()
    await expect(subscription.GetEvents()).rejects.toMatchObject({
      ErrorCode: ews.ServiceError.ErrorSubscriptionNotFound,
    })
  })

  it('looks names up', async () => {
    const found = await service.ResolveName('Thom', ews.ResolveNameSearchLocation.DirectoryOnly, false)
    expect(found._getItem(0).Mailbox.Address).toBe('thomas.berger@contoso.example')
  })

  it('converts ids there and back', async () => {
    const { id } = await arrive('x')
    for (const format of ['EntryId', 'HexEntryId', 'StoreId', 'OwaId'] as const) {
      const ewsId = new ews.AlternateId(ews.IdFormat.EwsId, id, mailbox)
      const other = await service.ConvertId(ewsId, ews.IdFormat[format])
      const back = await service.ConvertId(other, ews.IdFormat.EwsId)
      expect(back).toMatchObject({ UniqueId: id })
      expect(other).not.toMatchObject({ UniqueId: id })
    }
  })

  it('is told of new mail on a stream', async () => {
    await control(simulator, 'POST', '/tenant', { bareStreams: true })
    // It takes one envelope at most out of a chunk and trims every chunk.
    const whole = { operation: 'GetStreamingEvents', times: 1, answer: { chunkBytes: 100_000 } }
    await control(simulator, 'POST', '/faults', whole)
    service.HttpHeaders.Add('X-PreferServerAffinity', 'true')
    const inbox = new ews.FolderId(WellKnownFolderName.Inbox)
    const subscription = await service.SubscribeToStreamingNotifications([inbox], ews.EventType.NewMail)
    service.HttpHeaders.Add(
      'Cookie',
      String(service.HttpResponseHeaders.get('set-cookie')).split(';')[0] ?? '',
    )
    const connection = new ews.StreamingSubscriptionConnection(service, 1)
    connection.AddSubscription(subscription)
    const told = new Promise<number>((resolve, reject) => {
      connection.OnNotificationEvent.push((_sender, { Events }) => resolve(Events.length))
      connection.OnSubscriptionError.push((_sender, { Exception }) => reject(Exception))
    })
    connection.Open()
    await expect.poll(() => simulator.world().hangingConnections.get(mailbox)).toBe(1)
    await arrive('pushed')
    expect(await told).toBe(1)
    connection.Close()
  })
})
