import { check, isBoolean, isString } from '../../check-json.ts'
import { childFolders, openFolder, wellKnownFolder } from '../../mail/mailbox.ts'
import { GraphError, graphErrors } from '../graph-error.ts'
import { findFolder } from '../ids.ts'
import { writeFolder } from '../mail-folder.ts'
import { readJson } from '../read-json.ts'
import type { GraphAnswer, MailboxCall } from '../request.ts'

/** A folder in a folder, or on top of the mailbox: https://learn.microsoft.com/graph/api/mailfolder-post-childfolders */
export function createChildFolder({ mailbox, names, request }: MailboxCall): GraphAnswer {
  const checks = { displayName: isString, isHidden: isBoolean }
  const displayName = String(check(readJson(request), checks, ['displayName']).displayName)
  if (displayName === '') throw graphErrors.unreadableBody('"displayName" is empty')
  const parent =
    names.folder === undefined ? wellKnownFolder(mailbox, 'msgfolderroot') : findFolder(mailbox, names.folder)
  const taken = childFolders(mailbox, parent).map((folder) => folder.displayName.toLowerCase())
  if (taken.includes(displayName.toLowerCase()))
    throw new GraphError(409, 'ErrorFolderExists', 'A folder with the specified name already exists.')
  const folder = openFolder(mailbox, { displayName, parent })
  return { status: 201, body: writeFolder(mailbox, folder, null) }
}
