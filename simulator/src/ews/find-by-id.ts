import type { Folder, Item } from '../mail/folder.ts'
import { changeKeyOf, isWellFormedId } from '../mail/ids.ts'
import { type Mailbox, wellKnownFolder } from '../mail/mailbox.ts'
import { type WellKnownFolder, wellKnownFolders } from '../mail/well-known-folders.ts'
import { findMailbox } from '../world.ts'
import type { Caller } from './caller.ts'
import { EwsError } from './ews-error.ts'
import { childNamed, childText, type XmlElement } from './xml-element.ts'

/**
 * The item that a `t:ItemId` names.
 * @throws EwsError ErrorInvalidIdMalformed, ErrorItemNotFound
 */
export function findItemById({ mailbox }: Caller, itemId: XmlElement): Item {
  const id = itemId.attributes.Id ?? ''
  if (!isWellFormedId(id)) throw new EwsError('ErrorInvalidIdMalformed')
  const item = mailbox.items.get(id)
  if (!item) throw new EwsError('ErrorItemNotFound')
  return item
}

/** Whether the ChangeKey that came with an id is the present one; `null` when none came. */
export function matchesChangeKey(item: Item, itemId: XmlElement): boolean | null {
  const key = itemId.attributes.ChangeKey
  return key === undefined || key === '' ? null : key === changeKeyOf(item.changedSequence)
}

/**
 * The folder that a `t:FolderId` or `t:DistinguishedFolderId` names.
 * @param notFound the ResponseCode for a folder that is not there
 * @throws EwsError that one, ErrorInvalidIdMalformed, ErrorNonExistentMailbox, ErrorAccessDenied
 */
export function findFolderById(
  caller: Caller,
  folderId: XmlElement,
  notFound = 'ErrorFolderNotFound',
): Folder {
  const id = folderId.attributes.Id ?? ''
  if (folderId.name === 't:DistinguishedFolderId') {
    const mailbox = mailboxOf(caller, folderId)
    if (!Object.hasOwn(wellKnownFolders, id)) throw new EwsError(notFound)
    return wellKnownFolder(mailbox, id as WellKnownFolder)
  }
  if (!isWellFormedId(id)) throw new EwsError('ErrorInvalidIdMalformed')
  const folder = caller.mailbox.folders.get(id)
  if (!folder) throw new EwsError(notFound)
  return folder
}

/** Impersonation acts as one user; other people's folders are closed to this one. */
function mailboxOf(caller: Caller, folderId: XmlElement): Mailbox {
  const named = childNamed(folderId, 't:Mailbox')
  if (!named) return caller.mailbox
  const address = childText(named, 't:EmailAddress') ?? ''
  const mailbox = findMailbox(caller.world, address)
  if (mailbox?.tenant !== caller.tenant)
    throw new EwsError('ErrorNonExistentMailbox', { SmtpAddress: address })
  if (mailbox !== caller.mailbox) throw new EwsError('ErrorAccessDenied')
  return mailbox
}

/** The folder inside an element such as `m:ToFolderId`. */
export function findTargetFolder(caller: Caller, target: XmlElement | undefined, notFound?: string): Folder {
  const folderId = target?.children[0]
  if (!folderId) throw new EwsError('ErrorInvalidRequest')
  return findFolderById(caller, folderId, notFound)
}
