import { wellKnownFolder } from '../../mail/mailbox.ts'
import { prepareSubmission, SubmissionRefused, submit } from '../../mail/submit.ts'
import { EwsError } from '../ews-error.ts'
import { findItemById, findTargetFolder, matchesChangeKey } from '../find-by-id.ts'
import { answerEach, type Operation } from '../operation.ts'
import { childNamed, childrenOf, isTrue } from '../xml-element.ts'

/** Drafts to their recipients: https://learn.microsoft.com/exchange/client-developer/web-service-reference/senditem-operation */
export const sendItem: Operation = {
  errorTail: '',
  run: (request, caller) => {
    const savesCopy = isTrue(request.attributes.SaveItemToFolder)
    const target = childNamed(request, 'm:SavedItemFolderId')
    if (target && !savesCopy) throw new EwsError('ErrorInvalidSendItemSaveSettings')
    return answerEach(childrenOf(request, 'm:ItemIds'), (itemId) => {
      const item = findItemById(caller, itemId)
      const matches = matchesChangeKey(item, itemId)
      if (matches === null) throw new EwsError('ErrorChangeKeyRequired')
      if (!matches) throw new EwsError('ErrorStaleObject')
      if (!item.isDraft) throw new EwsError('ErrorInvalidItemForOperationSendItem')
      const copyTo = target ? findTargetFolder(caller, target) : wellKnownFolder(caller.mailbox, 'sentitems')
      const submission = refusalsAsErrors(() => prepareSubmission(caller.mailbox, item.raw))
      submit(caller.world, caller.mailbox, { draft: item }, submission, savesCopy ? copyTo : null)
      return ''
    })
  },
}

/** Turns what the mail system refuses into the response message that says so. */
export function refusalsAsErrors<Result>(run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    if (error instanceof SubmissionRefused) throw new EwsError(error.code)
    throw error
  }
}
