import type { Item } from '../mail/folder.ts'
import { changeKeyOf } from '../mail/ids.ts'
import { element } from './write-xml.ts'

export function writeItemId(item: Item): string {
  return element('t:ItemId', { Id: item.id, ChangeKey: changeKeyOf(item.changedSequence) })
}
