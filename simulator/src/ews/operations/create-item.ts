import { checkQuota } from '../../mail/check-quota.ts'
import { addItem } from '../../mail/mailbox.ts'
import { MESSAGE_SIZE_LIMIT } from '../../mail/submit.ts'
import { EwsError } from '../ews-error.ts'
import { answerEach, type Operation } from '../operation.ts'
import { readMessage } from '../read-message.ts'
import { isResponse, readResponse } from '../read-response.ts'
import { savedItemFolder, sendContent } from '../send.ts'
import { writeItemId } from '../write-item-id.ts'
import { element } from '../write-xml.ts'
import { childrenOf } from '../xml-element.ts'

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
        checkQuota(caller.mailbox)
        const item = addItem(caller.mailbox, savedItemFolder(request, caller, 'drafts'), {
          isDraft: true,
          ...content,
        })
        return element('m:Items', {}, element('t:Message', {}, writeItemId(item)))
      }
      sendContent(
        caller,
        content,
        disposition === 'SendOnly' ? null : savedItemFolder(request, caller, 'sentitems'),
      )
      return '<m:Items/>'
    })
  },
}
