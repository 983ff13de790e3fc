import { childFolders, openFolder } from '../../mail/mailbox.ts'
import { EwsError } from '../ews-error.ts'
import { findTargetFolder } from '../find-by-id.ts'
import { writeFolderId } from '../folder-shape.ts'
import { answerEach, type Operation } from '../operation.ts'
import { element } from '../write-xml.ts'
import { childNamed, childrenOf, childText } from '../xml-element.ts'

/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/createfolder-operation */
export const createFolder: Operation = {
  errorTail: '<m:Folders/>',
  run: (request, caller) =>
    answerEach(childrenOf(request, 'm:Folders'), (wanted) => {
      const parent = findTargetFolder(
        caller,
        childNamed(request, 'm:ParentFolderId'),
        'ErrorParentFolderNotFound',
      )
      const displayName = childText(wanted, 't:DisplayName') ?? ''
      if (displayName === '') throw new EwsError('ErrorInvalidRequest')
      const names = childFolders(caller.mailbox, parent).map((folder) => folder.displayName.toLowerCase())
      if (names.includes(displayName.toLowerCase())) throw new EwsError('ErrorFolderExists')
      const folderClass = childText(wanted, 't:FolderClass') ?? 'IPF.Note'
      const folder = openFolder(caller.mailbox, { displayName, parent, folderClass })
      return element('m:Folders', {}, element('t:Folder', {}, writeFolderId(folder)))
    }),
}
