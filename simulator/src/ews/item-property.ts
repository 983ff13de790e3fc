import type { Item } from '../mail/folder.ts'
import { addressesIn, readHeaderBlock } from '../mail/header-block.ts'
import type { ReadContent } from './message-content.ts'
import { type Value, writeValue } from './value.ts'
import { writeMailbox } from './write-address.ts'
import { element, textElement } from './write-xml.ts'

export interface ItemProperty {
  /** As `t:FieldURI` names it. */
  uri: string
  /** `view`: FindItem and SyncFolderItems give it too; `item`: GetItem alone. */
  where: 'view' | 'item'
  /** The element, or nothing when the item lacks the property. */
  write(item: Item, rendering: Rendering): string
  /** For properties that can be searched and sorted by. */
  value?(item: Item): Value
}

/** How the asked shape wants things written. */
interface Rendering {
  isView: boolean
  bodyType: string
  uniqueBodyType: string
  /** Read from the message only when a wanted property needs it. */
  content: ReadContent
}

/** A property that is one value: written as it is worth, and left out where it is nothing. */
export function valueProperty(uri: string, value: (item: Item) => Exclude<Value, string[]>): ItemProperty {
  const write = (item: Item) => {
    const known = value(item)
    return known === undefined ? '' : textElement(elementName(uri), writeValue(known))
  }
  return { uri, where: 'view', write, value }
}

/** The addresses of a header field, which views do not give. */
export function recipientsProperty(uri: string, header: string): ItemProperty {
  return {
    uri,
    where: 'item',
    write: (item) => {
      const addresses = addressesIn(readHeaderBlock(item.raw).fields, header).filter(
        ({ address }) => address !== '',
      )
      return addresses.length === 0 ? '' : element(elementName(uri), {}, addresses.map(writeMailbox).join(''))
    },
  }
}

/** `t:Subject` for `item:Subject`. */
function elementName(uri: string): string {
  return `t:${uri.slice(uri.indexOf(':') + 1)}`
}
