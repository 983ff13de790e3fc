import { readAttachmentId } from '../../mail/ids.ts'
import { writeAttachment } from '../attachment.ts'
import { EwsError } from '../ews-error.ts'
import { readContent } from '../message-content.ts'
import { answerEach, type Operation } from '../operation.ts'
import { element } from '../write-xml.ts'
import { childrenOf } from '../xml-element.ts'

/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/getattachment-operation */
export const getAttachment: Operation = {
  errorTail: '<m:Attachments/>',
  run: (request, { mailbox }) =>
    answerEach(childrenOf(request, 'm:AttachmentIds'), async ({ attributes }) => {
      const id = readAttachmentId(attributes.Id ?? '')
      if (!id) throw new EwsError('ErrorInvalidIdMalformed')
      const item = mailbox.items.get(id.itemId)
      if (!item) throw new EwsError('ErrorItemNotFound')
      const attachment = (await readContent(item)).attachments[id.position]
      if (!attachment) throw new EwsError('ErrorInvalidAttachmentId')
      return element(
        'm:Attachments',
        {},
        writeAttachment(item, id.position, attachment, { withContent: true }),
      )
    }),
}
