import type { Item } from '../mail/folder.ts'
import type { Address } from '../mail/header-block.ts'
import { element, textElement } from './write-xml.ts'

/** A `t:Mailbox` of somebody who need not be in the directory. */
export function writeMailbox({ name, address }: Address): string {
  return writeEmailAddress({ name: name || address, address, routingType: 'SMTP', mailboxType: 'OneOff' })
}

/** Views know a sender of the own directory by its legacy DN only; GetItem resolves it to the SMTP address. */
export function writeSender(name: string, sender: Address | null, item: Item, isView: boolean): string {
  if (!sender || sender.address === '') return ''
  const display = sender.name || sender.address
  const cn = sender.address.toUpperCase().replace(/[^A-Z0-9]/g, '-')
  const mailbox =
    isView && item.isInternal
      ? {
          address: `/O=EXCHANGELABS/OU=EXCHANGE ADMINISTRATIVE GROUP (FYDIBOHF23SPDLT)/CN=RECIPIENTS/CN=${cn}`,
          routingType: 'EX',
          mailboxType: 'Mailbox',
        }
      : { address: sender.address, routingType: 'SMTP', mailboxType: item.isInternal ? 'Mailbox' : 'OneOff' }
  return element(name, {}, writeEmailAddress({ name: display, ...mailbox }))
}

/** A `t:Mailbox`. */
export function writeEmailAddress(entry: {
  name: string
  address: string
  routingType: string
  mailboxType: string
}): string {
  return element(
    't:Mailbox',
    {},
    textElement('t:Name', entry.name) +
      textElement('t:EmailAddress', entry.address) +
      textElement('t:RoutingType', entry.routingType) +
      textElement('t:MailboxType', entry.mailboxType),
  )
}
