import { check, isObject, isString } from '../check-json.ts'
import { InvalidInput } from '../invalid-input.ts'
import { formatAddress } from '../mail/compose-message.ts'
import type { Address } from '../mail/header-block.ts'

/** Graph's `recipient`; without a name the address stands for it. */
export function writeRecipient({ name, address }: Address): object {
  return { emailAddress: { name: name || address, address } }
}

/** A list of recipients as the body of a header field, one a line. */
export function readRecipients(value: unknown): string {
  if (!Array.isArray(value)) throw new InvalidInput('recipients are a list')
  return value.map(readRecipient).join(',\r\n ')
}

/** One recipient in the notation of a header field. */
export function readRecipient(value: unknown): string {
  const { emailAddress } = check(value, { emailAddress: isObject }, ['emailAddress'])
  const { name = '', address } = check(emailAddress, { name: isString, address: isString }, ['address'])
  return formatAddress({ name: String(name), address: String(address) })
}
