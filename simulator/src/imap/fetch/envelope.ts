import { encodeText } from '../../mail/compose-message.ts'
import { type Address, addressesIn, fieldValue, type HeaderField } from '../../mail/header-block.ts'
import { writeOptional, writeString } from './write-string.ts'

/** ENVELOPE (RFC 3501, section 7.4.2); encoded words stay encoded. */
export function writeEnvelope(fields: HeaderField[]): string {
  const from = addressesIn(fields, 'From')
  const orFrom = (name: string) => {
    const addresses = addressesIn(fields, name)
    return addresses.length > 0 ? addresses : from
  }
  const text = (name: string) => writeOptional(fieldValue(fields, name))
  const lists = [
    from,
    orFrom('Sender'),
    orFrom('Reply-To'),
    ...['To', 'Cc', 'Bcc'].map((name) => addressesIn(fields, name)),
  ]
  const written = [
    text('Date'),
    text('Subject'),
    ...lists.map(writeAddresses),
    text('In-Reply-To'),
    text('Message-ID'),
  ]
  return `(${written.join(' ')})`
}

function writeAddresses(addresses: Address[]): string {
  if (addresses.length === 0) return 'NIL'
  return `(${addresses.map(writeAddress).join('')})`
}

function writeAddress({ name, address }: Address): string {
  const at = address.lastIndexOf('@')
  const [local, domain] = at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at + 1)]
  const display = name === '' ? undefined : encodeText(name).replaceAll('\r\n', '')
  return `(${writeOptional(display)} NIL ${writeString(local)} ${writeString(domain)})`
}
