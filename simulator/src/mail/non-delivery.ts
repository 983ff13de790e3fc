import { randomUUID } from 'node:crypto'
import { composeMessage, encodeText, formatDate } from './compose-message.ts'
import { decodeText, fieldValue, rawHeaderText, readHeaderBlock } from './header-block.ts'

/** Why a message could not be delivered. */
export interface Failure {
  recipient: string
  /** RFC 3463 status code. */
  status: string
  diagnostic: string
}

/** The delivery status notification (RFC 3464) that Exchange sends back: multipart/report with the original's header. */
export function composeNonDelivery(
  original: Buffer,
  failure: Failure,
  report: { to: string; domain: string; now: number },
): Buffer {
  const { fields } = readHeaderBlock(original)
  const subject = decodeText(fieldValue(fields, 'Subject') ?? '')
  const messageId = fieldValue(fields, 'Message-ID')
  const name = (field: string, value: string) => ({ name: field, value })
  return composeMessage(
    [
      name(
        'From',
        `"Microsoft Outlook" <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@${report.domain}>`,
      ),
      name('To', report.to),
      name('Date', formatDate(report.now)),
      name('Message-ID', `<${randomUUID()}@${report.domain}>`),
      ...(messageId ? [name('In-Reply-To', messageId), name('References', messageId)] : []),
      name('Subject', encodeText(`Undeliverable: ${subject}`)),
      name('Auto-Submitted', 'auto-replied'),
      name('X-MS-Exchange-Message-Is-Ndr', ''),
    ],
    [
      {
        contentType: 'text/plain; charset=utf-8',
        text: `Delivery has failed to these recipients or groups:\r\n\r\n${failure.recipient}\r\n${failure.diagnostic}\r\n`,
      },
      {
        contentType: 'message/delivery-status',
        text:
          `Reporting-MTA: dns;${report.domain}\r\nReceived-From-MTA: dns;${report.domain}\r\nArrival-Date: ${formatDate(report.now)}\r\n\r\n` +
          `Final-Recipient: rfc822;${failure.recipient}\r\nAction: failed\r\nStatus: ${failure.status}\r\n` +
          `Diagnostic-Code: smtp;550 ${failure.status} ${failure.diagnostic}\r\n`,
      },
      { contentType: 'text/rfc822-headers', text: rawHeaderText(original) },
    ],
    'multipart/report; report-type=delivery-status',
  )
}
