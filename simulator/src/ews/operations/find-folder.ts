import type { Folder } from '../../mail/folder.ts'
import { childFolders, type Mailbox } from '../../mail/mailbox.ts'
import { findFolderById } from '../find-by-id.ts'
import { folderPath, readFolderShape, writeFolder } from '../folder-shape.ts'
import { answerEach, type Operation } from '../operation.ts'
import { cutPage } from '../page.ts'
import { compileRestriction } from '../restriction.ts'
import { element } from '../write-xml.ts'
import { childNamed, childrenOf } from '../xml-element.ts'

/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/findfolder-operation */
export const findFolder: Operation = {
  errorTail: '',
  run: (request, caller) => {
    const wanted = readFolderShape(request)
    const [expression] = childrenOf(request, 'm:Restriction')
    return answerEach(childrenOf(request, 'm:ParentFolderIds'), (folderId) => {
      const parent = findFolderById(caller, folderId)
      const matches = expression ? compileRestriction(expression, folderPath(caller.mailbox)) : () => true
      const found = foldersIn(caller.mailbox, parent, request.attributes.Traversal ?? '').filter(matches)
      const page = cutPage(found, childNamed(request, 'm:IndexedPageFolderView'), {
        pageLimit: caller.tenant.pageLimit,
        isRestricted: expression !== undefined,
      })
      const folders = page.entries.map((folder) => writeFolder(caller.mailbox, folder, wanted)).join('')
      return element('m:RootFolder', page.attributes, element('t:Folders', {}, folders))
    })
  },
}

function foldersIn(mailbox: Mailbox, parent: Folder, traversal: string): Folder[] {
  if (traversal === 'SoftDeleted') return []
  const children = childFolders(mailbox, parent)
  if (traversal === 'Shallow') return children
  return children.flatMap((child) => [child, ...foldersIn(mailbox, child, traversal)])
}
