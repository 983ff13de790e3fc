import { findFolderById } from '../find-by-id.ts'
import { readFolderShape, writeFolder } from '../folder-shape.ts'
import { answerEach, type Operation } from '../operation.ts'
import { element } from '../write-xml.ts'
import { childrenOf } from '../xml-element.ts'

/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/getfolder-operation */
export const getFolder: Operation = {
  errorTail: '<m:Folders/>',
  run: (request, caller) => {
    const wanted = readFolderShape(request)
    return answerEach(childrenOf(request, 'm:FolderIds'), (folderId) =>
      element('m:Folders', {}, writeFolder(caller.mailbox, findFolderById(caller, folderId), wanted)),
    )
  },
}
