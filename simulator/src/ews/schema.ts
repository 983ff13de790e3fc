/**
 * The part of Microsoft's EWS schema (messages.xsd and types.xsd of 15.2.2562.17) that requests to the simulator may
 * use, in its order. A type's children are written as `Name:Type`, alternatives joined by `|`, followed by `?`, `*`
 * or `+` as in a DTD; one without a mark comes exactly once. Attributes are written as `Name:Type`, with `!` when they
 * are required. `NotSimulated` is allowed by the schema but by no one here.
 */
export interface ComplexType {
  /** Namespace prefix of the children. */
  prefix: 't' | 'm'
  children: string[]
  attributes: string[]
  /** Whether it holds text instead of children. */
  text?: string
}

const sequence = (prefix: 't' | 'm', children: string[], attributes: string[] = []): ComplexType => ({
  prefix,
  children,
  attributes,
})
const list = (particle: string): ComplexType => sequence('t', [particle])
const empty = (...attributes: string[]): ComplexType => sequence('t', [], attributes)
const text = (type: string, ...attributes: string[]): ComplexType => ({
  prefix: 't',
  children: [],
  attributes,
  text: type,
})

const PATH = 'FieldURI:FieldURI|ExtendedFieldURI:ExtendedFieldURI|IndexedFieldURI:NotSimulated'
const SEARCH =
  'IsEqualTo:Comparison|IsNotEqualTo:Comparison|IsGreaterThan:Comparison|IsGreaterThanOrEqualTo:Comparison|' +
  'IsLessThan:Comparison|IsLessThanOrEqualTo:Comparison|And:Operands|Or:Operands|Not:Operand|Exists:Exists|' +
  'Contains:Contains|Excludes:NotSimulated|Near:NotSimulated'
const OTHER_ITEMS =
  'Item:NotSimulated|SharingMessage:NotSimulated|CalendarItem:NotSimulated|Contact:NotSimulated|' +
  'DistributionList:NotSimulated|MeetingMessage:NotSimulated|MeetingRequest:NotSimulated|MeetingResponse:NotSimulated|' +
  'MeetingCancellation:NotSimulated|Task:NotSimulated|PostItem:NotSimulated'
const OTHER_IDS = 'OccurrenceItemId:NotSimulated|RecurringMasterItemId:NotSimulated'

export const complexTypes: Record<string, ComplexType> = {
  // Operations
  SyncFolderItems: sequence('m', [
    'ItemShape:ItemShape',
    'SyncFolderId:TargetFolderId',
    'SyncState:string?',
    'Ignore:ItemIds?',
    'MaxChangesReturned:syncChanges',
    'SyncScope:syncScope?',
  ]),
  FindItem: sequence(
    'm',
    [
      'ItemShape:ItemShape',
      'IndexedPageItemView:IndexedPageView|FractionalPageItemView:NotSimulated|SeekToConditionPageItemView:NotSimulated|CalendarView:NotSimulated|ContactsView:NotSimulated?',
      'GroupBy:NotSimulated|DistinguishedGroupBy:NotSimulated?',
      'Restriction:Restriction?',
      'SortOrder:SortOrder?',
      'ParentFolderIds:FolderIds',
      'QueryString:NotSimulated?',
    ],
    ['Traversal:itemTraversal!'],
  ),
  GetItem: sequence('m', ['ItemShape:ItemShape', 'ItemIds:ItemIds']),
  CreateItem: sequence(
    'm',
    ['SavedItemFolderId:TargetFolderId?', 'Items:Items'],
    ['MessageDisposition:disposition', 'SendMeetingInvitations:string'],
  ),
  SendItem: sequence(
    'm',
    ['ItemIds:ItemIds', 'SavedItemFolderId:TargetFolderId?'],
    ['SaveItemToFolder:boolean!'],
  ),
  UpdateItem: sequence(
    'm',
    ['SavedItemFolderId:TargetFolderId?', 'ItemChanges:ItemChanges'],
    [
      'ConflictResolution:conflictResolution!',
      'MessageDisposition:disposition',
      'SendMeetingInvitationsOrCancellations:string',
      'SuppressReadReceipts:boolean',
    ],
  ),
  MoveItem: sequence('m', ['ToFolderId:TargetFolderId', 'ItemIds:ItemIds', 'ReturnNewItemIds:boolean?']),
  CopyItem: sequence('m', ['ToFolderId:TargetFolderId', 'ItemIds:ItemIds', 'ReturnNewItemIds:boolean?']),
  DeleteItem: sequence(
    'm',
    ['ItemIds:ItemIds'],
    [
      'DeleteType:disposal!',
      'SendMeetingCancellations:string',
      'AffectedTaskOccurrences:string',
      'SuppressReadReceipts:boolean',
    ],
  ),
  CreateFolder: sequence('m', ['ParentFolderId:TargetFolderId', 'Folders:Folders']),
  GetFolder: sequence('m', ['FolderShape:FolderShape', 'FolderIds:FolderIds']),
  FindFolder: sequence(
    'm',
    [
      'FolderShape:FolderShape',
      'IndexedPageFolderView:IndexedPageView|FractionalPageFolderView:NotSimulated?',
      'Restriction:Restriction?',
      'ParentFolderIds:FolderIds',
    ],
    ['Traversal:folderTraversal!'],
  ),
  Subscribe: sequence('m', [
    'StreamingSubscriptionRequest:StreamingSubscription|PullSubscriptionRequest:NotSimulated|PushSubscriptionRequest:NotSimulated',
  ]),
  GetStreamingEvents: sequence('m', [
    'SubscriptionIds:SubscriptionIds',
    'ConnectionTimeout:connectionTimeout',
  ]),
  Unsubscribe: sequence('m', ['SubscriptionId:nonEmptyString']),
  ResolveNames: sequence(
    'm',
    ['ParentFolderIds:FolderIds?', 'UnresolvedEntry:nonEmptyString'],
    ['ReturnFullContactData:boolean!', 'SearchScope:searchScope', 'ContactDataShape:baseShape'],
  ),

  // SOAP header
  ExchangeImpersonation: sequence('t', ['ConnectingSID:ConnectingSID']),
  ConnectingSID: sequence('t', [
    'PrincipalName:nonEmptyString|SID:nonEmptyString|PrimarySmtpAddress:nonEmptyString|SmtpAddress:nonEmptyString',
  ]),

  // Shapes and ids
  ItemShape: sequence('t', [
    'BaseShape:baseShape',
    'IncludeMimeContent:boolean?',
    'BodyType:bodyShape?',
    'UniqueBodyType:bodyShape?',
    'NormalizedBodyType:bodyShape?',
    'FilterHtmlContent:boolean?',
    'ConvertHtmlCodePageToUTF8:boolean?',
    'InlineImageUrlTemplate:string?',
    'BlockExternalImages:boolean?',
    'AddBlankTargetToLinks:boolean?',
    'MaximumBodySize:int?',
    'AdditionalProperties:Paths?',
  ]),
  FolderShape: sequence('t', ['BaseShape:baseShape', 'AdditionalProperties:Paths?']),
  Paths: list(`${PATH}+`),
  FieldURI: empty('FieldURI:string!'),
  ExtendedFieldURI: empty(
    'DistinguishedPropertySetId:propertySet',
    'PropertySetId:guid',
    'PropertyTag:propertyTag',
    'PropertyName:string',
    'PropertyId:int',
    'PropertyType:propertyType!',
  ),
  ItemId: empty('Id:string!', 'ChangeKey:string'),
  ItemIds: list(`ItemId:ItemId|${OTHER_IDS}+`),
  FolderId: empty('Id:string!', 'ChangeKey:string'),
  DistinguishedFolderId: sequence('t', ['Mailbox:Mailbox?'], ['Id:distinguishedFolder!', 'ChangeKey:string']),
  TargetFolderId: sequence('t', [
    'FolderId:FolderId|DistinguishedFolderId:DistinguishedFolderId|AddressListId:NotSimulated',
  ]),
  FolderIds: list('FolderId:FolderId|DistinguishedFolderId:DistinguishedFolderId+'),
  SubscriptionIds: list('SubscriptionId:nonEmptyString+'),

  // Views, restrictions, sort orders
  IndexedPageView: empty('MaxEntriesReturned:int', 'Offset:int!', 'BasePoint:basePoint!'),
  Restriction: sequence('t', [SEARCH]),
  Operands: list(`${SEARCH}+`),
  Operand: sequence('t', [SEARCH]),
  Comparison: sequence('t', [PATH, 'FieldURIOrConstant:FieldURIOrConstant']),
  FieldURIOrConstant: sequence('t', [`${PATH}|Constant:Constant`]),
  Constant: empty('Value:string!'),
  Contains: sequence(
    't',
    [PATH, 'Constant:Constant'],
    ['ContainmentMode:containment', 'ContainmentComparison:comparison'],
  ),
  Exists: sequence('t', [PATH]),
  SortOrder: list('FieldOrder:FieldOrder+'),
  FieldOrder: sequence('t', [PATH], ['Order:sortDirection!']),

  // Messages
  Items: list(
    `Message:Message|${OTHER_ITEMS}|ReplyToItem:NotSimulated|ForwardItem:NotSimulated|ReplyAllToItem:NotSimulated+`,
  ),
  Message: sequence('t', [
    'MimeContent:MimeContent?',
    'ItemId:ItemId?',
    'ParentFolderId:FolderId?',
    'ItemClass:string?',
    'Subject:string?',
    'Sensitivity:sensitivity?',
    'Body:Body?',
    'Attachments:NotSimulated?',
    'DateTimeReceived:string?',
    'Size:int?',
    'Categories:Strings?',
    'Importance:importance?',
    'InReplyTo:string?',
    'IsSubmitted:boolean?',
    'IsDraft:boolean?',
    'IsFromMe:boolean?',
    'IsResend:boolean?',
    'IsUnmodified:boolean?',
    'InternetMessageHeaders:NotSimulated?',
    'DateTimeSent:string?',
    'DateTimeCreated:string?',
    'ResponseObjects:NotSimulated?',
    'ReminderDueBy:string?',
    'ReminderIsSet:boolean?',
    'ReminderNextTime:string?',
    'ReminderMinutesBeforeStart:string?',
    'DisplayCc:string?',
    'DisplayTo:string?',
    'DisplayBcc:string?',
    'HasAttachments:boolean?',
    'ExtendedProperty:ExtendedProperty*',
    'Culture:string?',
    'Flag:NotSimulated?',
    'Sender:Recipient?',
    'ToRecipients:Recipients?',
    'CcRecipients:Recipients?',
    'BccRecipients:Recipients?',
    'IsReadReceiptRequested:boolean?',
    'IsDeliveryReceiptRequested:boolean?',
    'ConversationIndex:string?',
    'ConversationTopic:string?',
    'From:Recipient?',
    'InternetMessageId:string?',
    'IsRead:boolean?',
    'IsResponseRequested:boolean?',
    'References:string?',
    'ReplyTo:Recipients?',
    'ReceivedBy:NotSimulated?',
    'ReceivedRepresenting:NotSimulated?',
  ]),
  MimeContent: text('string', 'CharacterSet:string'),
  Body: text('string', 'BodyType:body!', 'IsTruncated:boolean'),
  Strings: list('String:string*'),
  ExtendedProperty: sequence('t', ['ExtendedFieldURI:ExtendedFieldURI', 'Value:string|Values:Values']),
  Values: list('Value:string+'),
  Recipient: sequence('t', ['Mailbox:Mailbox']),
  Recipients: list('Mailbox:Mailbox*'),
  Mailbox: sequence('t', [
    'Name:string?',
    'EmailAddress:nonEmptyString?',
    'RoutingType:nonEmptyString?',
    'MailboxType:mailboxType?',
    'ItemId:ItemId?',
    'OriginalDisplayName:string?',
  ]),
  ItemChanges: list('ItemChange:ItemChange+'),
  ItemChange: sequence('t', [
    `ItemId:ItemId|${OTHER_IDS}`,
    'Updates:Updates',
    'CalendarActivityData:NotSimulated?',
  ]),
  Updates: list('SetItemField:SetItemField|DeleteItemField:DeleteItemField|AppendToItemField:NotSimulated+'),
  SetItemField: sequence('t', [PATH, `Message:Message|${OTHER_ITEMS}`]),
  DeleteItemField: sequence('t', [PATH]),

  // Folders and subscriptions
  Folders: list(
    'Folder:Folder|CalendarFolder:NotSimulated|ContactsFolder:NotSimulated|SearchFolder:NotSimulated|TasksFolder:NotSimulated+',
  ),
  Folder: sequence('t', [
    'FolderId:FolderId?',
    'ParentFolderId:FolderId?',
    'FolderClass:string?',
    'DisplayName:string?',
    'TotalCount:int?',
    'ChildFolderCount:int?',
    'ExtendedProperty:NotSimulated*',
    'PermissionSet:NotSimulated?',
    'UnreadCount:int?',
  ]),
  StreamingSubscription: sequence(
    't',
    ['FolderIds:FolderIds?', 'EventTypes:EventTypes'],
    ['SubscribeToAllFolders:boolean'],
  ),
  EventTypes: list('EventType:eventType+'),
}

/** Simple types: a list of the allowed values, or a pattern over the whole value, or a range of integers. */
export const simpleTypes: Record<string, string[] | RegExp | { from: number; to: number }> = {
  string: /^[\s\S]*$/,
  nonEmptyString: /[\s\S]/,
  boolean: ['true', 'false', '1', '0'],
  int: { from: -(2 ** 31), to: 2 ** 31 - 1 },
  guid: /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/,
  propertyTag: /^(0[xX][0-9A-Fa-f]{1,4}|[0-9]{1,5})$/,
  syncChanges: { from: 1, to: 512 },
  connectionTimeout: { from: 1, to: 30 },
  syncScope: ['NormalItems', 'NormalAndAssociatedItems'],
  itemTraversal: ['Shallow', 'SoftDeleted', 'Associated'],
  folderTraversal: ['Shallow', 'Deep', 'SoftDeleted'],
  disposition: ['SaveOnly', 'SendOnly', 'SendAndSaveCopy'],
  disposal: ['HardDelete', 'SoftDelete', 'MoveToDeletedItems'],
  conflictResolution: ['NeverOverwrite', 'AutoResolve', 'AlwaysOverwrite'],
  baseShape: ['IdOnly', 'Default', 'AllProperties', 'PcxPeopleSearch'],
  bodyShape: ['Best', 'HTML', 'Text'],
  body: ['HTML', 'Text'],
  basePoint: ['Beginning', 'End'],
  sortDirection: ['Ascending', 'Descending'],
  importance: ['Low', 'Normal', 'High'],
  sensitivity: ['Normal', 'Personal', 'Private', 'Confidential'],
  searchScope: ['ActiveDirectory', 'ActiveDirectoryContacts', 'Contacts', 'ContactsActiveDirectory'],
  propertySet: [
    'Meeting',
    'Appointment',
    'Common',
    'PublicStrings',
    'Address',
    'InternetHeaders',
    'CalendarAssistant',
    'UnifiedMessaging',
    'Task',
    'Sharing',
  ],
  propertyType: [
    'ApplicationTime',
    'ApplicationTimeArray',
    'Binary',
    'BinaryArray',
    'Boolean',
    'CLSID',
    'CLSIDArray',
    'Currency',
    'CurrencyArray',
    'Double',
    'DoubleArray',
    'Error',
    'Float',
    'FloatArray',
    'Integer',
    'IntegerArray',
    'Long',
    'LongArray',
    'Null',
    'Object',
    'ObjectArray',
    'Short',
    'ShortArray',
    'SystemTime',
    'SystemTimeArray',
    'String',
    'StringArray',
  ],
  mailboxType: [
    'Unknown',
    'OneOff',
    'Mailbox',
    'PublicDL',
    'PrivateDL',
    'Contact',
    'PublicFolder',
    'GroupMailbox',
    'ImplicitContact',
  ],
  eventType: [
    'CopiedEvent',
    'CreatedEvent',
    'DeletedEvent',
    'ModifiedEvent',
    'MovedEvent',
    'NewMailEvent',
    'FreeBusyChangedEvent',
  ],
  containment: ['FullString', 'Prefixed', 'Substring', 'PrefixOnWords', 'ExactPhrase'],
  comparison: [
    'Exact',
    'IgnoreCase',
    'IgnoreNonSpacingCharacters',
    'Loose',
    'IgnoreCaseAndNonSpacingCharacters',
    'LooseAndIgnoreCase',
    'LooseAndIgnoreNonSpace',
    'LooseAndIgnoreCaseAndIgnoreNonSpace',
  ],
  distinguishedFolder: [
    'calendar',
    'contacts',
    'deleteditems',
    'drafts',
    'inbox',
    'journal',
    'notes',
    'outbox',
    'sentitems',
    'tasks',
    'msgfolderroot',
    'publicfoldersroot',
    'root',
    'junkemail',
    'searchfolders',
    'voicemail',
    'recoverableitemsroot',
    'recoverableitemsdeletions',
    'archiveroot',
    'archivemsgfolderroot',
    'archiveinbox',
    'syncissues',
    'conflicts',
    'localfailures',
    'serverfailures',
    'conversationhistory',
    'archive',
  ],
}
