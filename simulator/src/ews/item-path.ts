import type { Item } from '../mail/folder.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import { EwsError } from './ews-error.ts'
import { extendedValue, readExtendedProperty } from './extended-property.ts'
import { itemProperties } from './item-properties.ts'
import type { ReadPath } from './restriction.ts'

/** Reads item properties for restrictions and sort orders; `unsupported` is the ResponseCode for the others. */
export function itemPath(mailbox: Mailbox, unsupported: string): ReadPath<Item> {
  return (path) => {
    if (path.name === 't:ExtendedFieldURI') {
      const property = readExtendedProperty(path)
      return (item) => extendedValue(mailbox, item, property)
    }
    const uri = path.attributes.FieldURI ?? ''
    const read = itemProperties.find((property) => property.uri === uri)?.value
    if (!read) throw new EwsError(unsupported, { FieldURI: uri })
    return read
  }
}
