import { fromFormat, toFormat } from '../../mail/id-formats.ts'
import { EwsError } from '../ews-error.ts'
import { answerEach, type Operation } from '../operation.ts'
import { element } from '../write-xml.ts'
import { childrenOf } from '../xml-element.ts'

/**
 * Ids in another notation: https://learn.microsoft.com/exchange/client-developer/web-service-reference/convertid-operation
 * Exchange does not look whether there is anything of that id.
 */
export const convertId: Operation = {
  errorTail: '',
  run: (request, { world, tenant }) => {
    const format = request.attributes.DestinationFormat ?? ''
    return answerEach(childrenOf(request, 'm:SourceIds'), ({ attributes }) => {
      const { Id: source = '', Format: from = '', Mailbox: address = '' } = attributes
      if (world.mailboxes.get(address.toLowerCase())?.tenant !== tenant)
        throw new EwsError('ErrorNonExistentMailbox', { SmtpAddress: address })
      const id = fromFormat(from, source)
      if (id === null) throw new EwsError('ErrorInvalidIdMalformed')
      return element('m:AlternateId', {
        'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        // The schema's type of the element is abstract.
        'xsi:type': 't:AlternateIdType',
        Format: format,
        Id: toFormat(format, id),
        Mailbox: address,
      })
    })
  },
}
