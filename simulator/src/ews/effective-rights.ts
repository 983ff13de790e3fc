import { element, textElement } from './write-xml.ts'

const rights = [
  'CreateAssociated',
  'CreateContents',
  'CreateHierarchy',
  'Delete',
  'Modify',
  'Read',
  'ViewPrivateItems',
]

/** All rights: who comes into a mailbox here comes as its owner. */
export function writeEffectiveRights(): string {
  return element('t:EffectiveRights', {}, rights.map((right) => textElement(`t:${right}`, true)).join(''))
}
