import type { Folder, ItemContent } from '../../mail/folder.ts'
import { addItem, wellKnownFolder } from '../../mail/mailbox.ts'
import { MESSAGE_SIZE_LIMIT, prepareSubmission, submit } from '../../mail/submit.ts'
import type { Caller } from '../caller.ts'
import { EwsError } from '../ews-error.ts'
import { findTargetFolder } from '../find-by-id.ts'
import { writeItemId } from '../item-properties.ts'
import { answerEach, type Operation } from '../operation.ts'
import { readMessage } from '../read-message.ts'
import { isResponse, readResponse } from '../read-response.ts'
import { element } from '../write-xml.ts'
import { childNamed, childrenOf, type XmlElement } from '../xml-element.ts'
import { refusalsAsErrors } from './send-item.ts'

/**
 * Messages to save, to send, or both, new ones and answers to others: https://learn.microsoft.com/exchange/client-developer/web-service-reference/createitem-operation-email-message
 * What is sent answers with empty Items: no id comes back.
 */
export const createItem: Operation = {
  errorTail: '<m:Items/>',
  run: (request, caller) => {
    const disposition = request.attributes.MessageDisposition
    if (disposition === undefined) throw new EwsError('ErrorMessageDispositionRequired')
    return answerEach(childrenOf(request, 'm:Items'), async (message) => {
      const content = isResponse(message)
        ? await readResponse(caller, message)
        : readMessage(caller.mailbox, message)
      if (content.raw.length > MESSAGE_SIZE_LIMIT) throw new EwsError('ErrorMessageSizeExceeded')
      if (disposition === 'SaveOnly') {
        const item = addItem(caller.mailbox, savedItemFolder(request, caller, 'drafts'), {
          ...content,
          isDraft: true,
        })
        return element('m:Items', {}, element('t:Message', {}, writeItemId(item)))
      }
      send(content, caller, disposition === 'SendOnly' ? null : savedItemFolder(request, caller, 'sentitems'))
      return '<m:Items/>'
    })
  },
}

function savedItemFolder(request: XmlElement, caller: Caller, otherwise: 'drafts' | 'sentitems'): Folder {
  const target = childNamed(request, 'm:SavedItemFolderId')
  return target ? findTargetFolder(caller, target) : wellKnownFolder(caller.mailbox, otherwise)
}

function send(content: ItemContent, { world, mailbox }: Caller, saveTo: Folder | null): void {
  const submission = refusalsAsErrors(() => prepareSubmission(mailbox, content.raw))
  submit(world, mailbox, { content }, submission, saveTo)
}
