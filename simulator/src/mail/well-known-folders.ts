/** The folders every mailbox has, parents first: the id a client names them by, and the name it shows. */
export const wellKnownFolders = {
  root: 'Root',
  msgfolderroot: 'Top of Information Store',
  inbox: 'Inbox',
  drafts: 'Drafts',
  sentitems: 'Sent Items',
  outbox: 'Outbox',
  deleteditems: 'Deleted Items',
  junkemail: 'Junk Email',
} as const

export type WellKnownFolder = keyof typeof wellKnownFolders
