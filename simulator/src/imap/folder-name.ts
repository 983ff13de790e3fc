import { type Folder, folderPath } from '../mail/folder.ts'
import { findFolder, type Mailbox, visibleFolders } from '../mail/mailbox.ts'
import { badArguments, ImapRefusal } from './imap-refusal.ts'
import { decodeModifiedUtf7, encodeModifiedUtf7 } from './modified-utf7.ts'
import { type Argument, textOf } from './parse-arguments.ts'

/** The name that IMAP gives a folder, encoded: INBOX in capitals, `/` between the levels. */
export function imapNameOf(folder: Folder): string {
  const [top, ...below] = folderPath(folder).split('/')
  const isInbox = folder.wellKnown === 'inbox' || isBelowInbox(folder)
  return encodeModifiedUtf7([isInbox ? 'INBOX' : top, ...below].join('/'))
}

function isBelowInbox({ parent }: Folder): boolean {
  return parent !== null && (parent.wellKnown === 'inbox' || isBelowInbox(parent))
}

/** A folder's name as it stands in a response. */
export function quoteName(name: string): string {
  return /^[^\s(){%*"\\\]]+$/.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`
}

/** The path that an argument names, decoded. @throws ImapRefusal BAD for one that is no modified UTF-7 */
export function readFolderPath(argument: Argument | undefined): string {
  const path = decodeModifiedUtf7(textOf(argument))
  if (path === null || path === '') throw badArguments()
  return path
}

/** The folder that an argument names. @throws ImapRefusal NO */
export function readFolder(mailbox: Mailbox, argument: Argument | undefined, code = ''): Folder {
  const path = readFolderPath(argument)
  const folder = findFolder(mailbox, path)
  if (
    !folder ||
    folder.wellKnown === 'root' ||
    folder.wellKnown === 'msgfolderroot' ||
    !isNamed(folder, path)
  )
    throw new ImapRefusal('NO', `${code}${textOf(argument)} doesn't exist.`)
  return folder
}

/** IMAP knows no folder by `sentitems` or `junkemail`, which only other protocols call them. */
function isNamed(folder: Folder, path: string): boolean {
  return folderPath(folder).toLowerCase() === path.toLowerCase()
}

/** Folders in the order of their names, INBOX among them. */
export function listedFolders(mailbox: Mailbox): Folder[] {
  return visibleFolders(mailbox).sort((a, b) => (imapNameOf(a) < imapNameOf(b) ? -1 : 1))
}
