import { formatAddress } from '../mail/compose-message.ts'
import type { Address } from '../mail/header-block.ts'
import { childNamed, childText, type XmlElement } from './xml-element.ts'

/** The addresses of an element such as `t:ToRecipients` or `t:From` inside `parent`; none when it is not there. */
export function readAddresses(parent: XmlElement, name: string): Address[] {
  return (childNamed(parent, name)?.children ?? []).map((entry) => ({
    name: childText(entry, 't:Name') ?? '',
    address: childText(entry, 't:EmailAddress') ?? '',
  }))
}

/** A field body of addresses, one a line. */
export function writeAddressList(addresses: Address[]): string {
  return addresses.map(formatAddress).join(',\r\n ')
}
