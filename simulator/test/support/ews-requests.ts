/** EWS requests as text, for the raw client. */

export const inbox = '<t:DistinguishedFolderId Id="inbox"/>'

export function itemShape(properties = '', before = ''): string {
  const additional = properties === '' ? '' : `<t:AdditionalProperties>${properties}</t:AdditionalProperties>`
  return `<m:ItemShape><t:BaseShape>IdOnly</t:BaseShape>${before}${additional}</m:ItemShape>`
}

export const field = (uri: string): string => `<t:FieldURI FieldURI="${uri}"/>`

export function syncFolderItems(
  options: { state?: string; limit?: number; properties?: string; folder?: string } = {},
): string {
  const { state, limit = 512, properties = '', folder = inbox } = options
  const syncState = state === undefined ? '' : `<m:SyncState>${state}</m:SyncState>`
  return `<m:SyncFolderItems>${itemShape(properties)}<m:SyncFolderId>${folder}</m:SyncFolderId>${syncState}<m:MaxChangesReturned>${limit}</m:MaxChangesReturned></m:SyncFolderItems>`
}

export function findItem(options: {
  properties?: string
  restriction?: string
  limit?: number
  offset?: number
  folder?: string
  sort?: string
}): string {
  const { properties = '', restriction, limit = 1000, offset = 0, folder = inbox, sort = '' } = options
  const where = restriction === undefined ? '' : `<m:Restriction>${restriction}</m:Restriction>`
  return `<m:FindItem Traversal="Shallow">${itemShape(properties)}<m:IndexedPageItemView MaxEntriesReturned="${limit}" Offset="${offset}" BasePoint="Beginning"/>${where}${sort}<m:ParentFolderIds>${folder}</m:ParentFolderIds></m:FindItem>`
}

export const isEqualTo = (uri: string, value: string): string =>
  `<t:IsEqualTo>${field(uri)}<t:FieldURIOrConstant><t:Constant Value="${value}"/></t:FieldURIOrConstant></t:IsEqualTo>`

export function itemIdList(ids: string[], changeKey?: string): string {
  const key = changeKey === undefined ? '' : ` ChangeKey="${changeKey}"`
  return `<m:ItemIds>${ids.map((id) => `<t:ItemId Id="${id}"${key}/>`).join('')}</m:ItemIds>`
}

export function getItem(ids: string[], properties = '', before = ''): string {
  return `<m:GetItem>${itemShape(properties, before)}${itemIdList(ids)}</m:GetItem>`
}

export function createFromMime(
  messages: string[],
  disposition: 'SaveOnly' | 'SendOnly' | 'SendAndSaveCopy' = 'SendAndSaveCopy',
): string {
  const items = messages.map(
    (mime) =>
      `<t:Message><t:MimeContent CharacterSet="UTF-8">${Buffer.from(mime).toString('base64')}</t:MimeContent></t:Message>`,
  )
  return `<m:CreateItem MessageDisposition="${disposition}"><m:Items>${items.join('')}</m:Items></m:CreateItem>`
}

export function setIsRead(
  id: string,
  options: { changeKey?: string; resolution?: string; isRead?: boolean } = {},
): string {
  const { changeKey, resolution = 'AutoResolve', isRead = true } = options
  const key = changeKey === undefined ? '' : ` ChangeKey="${changeKey}"`
  return `<m:UpdateItem ConflictResolution="${resolution}" MessageDisposition="SaveOnly" SuppressReadReceipts="true"><m:ItemChanges><t:ItemChange><t:ItemId Id="${id}"${key}/><t:Updates><t:SetItemField>${field('message:IsRead')}<t:Message><t:IsRead>${isRead}</t:IsRead></t:Message></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`
}

export function moveItem(ids: string[], folder: string): string {
  return `<m:MoveItem><m:ToFolderId>${folder}</m:ToFolderId>${itemIdList(ids)}<m:ReturnNewItemIds>true</m:ReturnNewItemIds></m:MoveItem>`
}

export function createFolder(name: string, parent = inbox): string {
  return `<m:CreateFolder><m:ParentFolderId>${parent}</m:ParentFolderId><m:Folders><t:Folder><t:FolderClass>IPF.Note</t:FolderClass><t:DisplayName>${name}</t:DisplayName></t:Folder></m:Folders></m:CreateFolder>`
}

export function subscribe(events = ['NewMailEvent'], folder = inbox): string {
  const types = events.map((event) => `<t:EventType>${event}</t:EventType>`).join('')
  return `<m:Subscribe><m:StreamingSubscriptionRequest><t:FolderIds>${folder}</t:FolderIds><t:EventTypes>${types}</t:EventTypes></m:StreamingSubscriptionRequest></m:Subscribe>`
}

export function getStreamingEvents(subscriptionId: string, minutes = 30): string {
  return `<m:GetStreamingEvents><m:SubscriptionIds><t:SubscriptionId>${subscriptionId}</t:SubscriptionId></m:SubscriptionIds><m:ConnectionTimeout>${minutes}</m:ConnectionTimeout></m:GetStreamingEvents>`
}

export function subscribeToPull(events = ['NewMailEvent'], minutes = 5, folder = inbox): string {
  const types = events.map((event) => `<t:EventType>${event}</t:EventType>`).join('')
  return `<m:Subscribe><m:PullSubscriptionRequest><t:FolderIds>${folder}</t:FolderIds><t:EventTypes>${types}</t:EventTypes><t:Timeout>${minutes}</t:Timeout></m:PullSubscriptionRequest></m:Subscribe>`
}

export function getEvents(subscriptionId: string, watermark: string): string {
  return `<m:GetEvents><m:SubscriptionId>${subscriptionId}</m:SubscriptionId><m:Watermark>${watermark}</m:Watermark></m:GetEvents>`
}

/** A `ReplyToItem`, `ReplyAllToItem` or `ForwardItem` to the message of an id. */
export function respond(
  kind: string,
  id: string,
  options: { disposition?: string; recipients?: string; body?: string; type?: string } = {},
): string {
  const { disposition = 'SendAndSaveCopy', recipients, body = 'Thanks', type = 'Text' } = options
  const to =
    recipients === undefined
      ? ''
      : `<t:ToRecipients><t:Mailbox><t:EmailAddress>${recipients}</t:EmailAddress></t:Mailbox></t:ToRecipients>`
  return `<m:CreateItem MessageDisposition="${disposition}"><m:Items><t:${kind}>${to}<t:ReferenceItemId Id="${id}"/><t:NewBodyContent BodyType="${type}">${body}</t:NewBodyContent></t:${kind}></m:Items></m:CreateItem>`
}

export function convertId(
  ids: { format: string; id: string }[],
  destination: string,
  mailbox = 'approvals@contoso.example',
): string {
  const sources = ids.map(
    ({ format, id }) => `<t:AlternateId Format="${format}" Id="${id}" Mailbox="${mailbox}"/>`,
  )
  return `<m:ConvertId DestinationFormat="${destination}"><m:SourceIds>${sources.join('')}</m:SourceIds></m:ConvertId>`
}

export function mail(fields: Record<string, string>, body = 'Approved\r\n'): string {
  const header = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${header.join('')}\r\n${body}`
}
