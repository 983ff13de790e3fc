import { composeReply, replyStyles } from '@countersign/simulator/webmail'
import { approver } from './organisation.ts'
import type { SimulatorProcess } from './simulator-process.ts'

const inbox = `/mailboxes/${approver.address}/folders/Inbox/messages`

/** The approver's *Oui* to each approval e-mail in the Inbox, with the four kinds of mail client in turn. */
export async function* composeReplies(simulator: SimulatorProcess): AsyncGenerator<Uint8Array> {
  const mails = await simulator.control<{ id: string }[]>('GET', inbox)
  for (const [index, { id }] of mails.entries()) {
    yield await composeReply({
      original: await simulator.download(`${inbox}/${encodeURIComponent(id)}`),
      from: approver,
      text: 'Oui\n\nLivraison avant le 15, merci.',
      style: replyStyles[index % replyStyles.length] ?? 'plain',
      locale: 'fr',
      date: new Date(),
    })
  }
}

/** The same message with a file attached: its body becomes the first part of a `multipart/mixed`. */
export function attachFile(message: Uint8Array, file: Uint8Array): Uint8Array {
  const octets = Buffer.from(message)
  const end = octets.indexOf('\r\n\r\n')
  const fields = octets
    .subarray(0, end)
    .toString('latin1')
    .split(/\r\n(?![ \t])/)
  const ofBody = fields.filter((field) => /^content-/i.test(field))
  const ofMessage = fields.filter((field) => !/^(content-|mime-version)/i.test(field))
  const limit = 'countersign-bench-limit'
  const head = [...ofMessage, 'MIME-Version: 1.0', `Content-Type: multipart/mixed; boundary=${limit}`, '']
  const attachment = [
    'Content-Type: application/octet-stream',
    'Content-Disposition: attachment; filename=offer.pdf',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(file).toString('base64').replaceAll(/.{76}/g, '$&\r\n'),
  ]
  return Buffer.concat([
    Buffer.from([...head, `--${limit}`, ...ofBody, '', ''].join('\r\n'), 'latin1'),
    octets.subarray(end + 4),
    Buffer.from([`\r\n--${limit}`, ...attachment, `--${limit}--`, ''].join('\r\n'), 'latin1'),
  ])
}
