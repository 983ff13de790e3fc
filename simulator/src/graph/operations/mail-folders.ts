import type { Folder } from '../../mail/folder.ts'
import { childFolders, wellKnownFolder } from '../../mail/mailbox.ts'
import { findFolder } from '../ids.ts'
import { readFolderSelect, writeFolder } from '../mail-folder.ts'
import { type FilterField, parseFilter } from '../odata/parse-filter.ts'
import { readOptions } from '../odata/query-options.ts'
import { cutPage } from '../page.ts'
import type { GraphAnswer, MailboxCall } from '../request.ts'

const fields: Record<string, FilterField<Folder>> = {
  displayName: { type: 'string', read: ({ displayName }) => displayName },
}

/** https://learn.microsoft.com/graph/api/mailfolder-get */
export function getMailFolder({ mailbox, names, request }: MailboxCall): GraphAnswer {
  const { $select } = readOptions(request.query, ['$select'])
  const folder = findFolder(mailbox, names.folder ?? '')
  return { status: 200, body: writeFolder(mailbox, folder, readFolderSelect($select)) }
}

/**
 * The folders in a folder, or on top of the mailbox: https://learn.microsoft.com/graph/api/mailfolder-list-childfolders
 * A page has 10 of them, as many as a client often forgets about.
 */
export function listChildFolders({ mailbox, names, request }: MailboxCall): GraphAnswer {
  const options = readOptions(request.query, ['$select', '$filter', '$top', '$skip'])
  const parent =
    names.folder === undefined ? wellKnownFolder(mailbox, 'msgfolderroot') : findFolder(mailbox, names.folder)
  const filter = options.$filter === undefined ? null : parseFilter(options.$filter, { fields })
  const found = childFolders(mailbox, parent).filter((folder) => filter?.test(folder) ?? true)
  const page = cutPage(found, options, request)
  const select = readFolderSelect(options.$select)
  return {
    status: 200,
    items: page.entries.length,
    body: {
      value: page.entries.map((folder) => writeFolder(mailbox, folder, select)),
      '@odata.nextLink': page.nextLink,
    },
  }
}
