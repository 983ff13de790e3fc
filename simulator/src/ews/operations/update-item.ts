import type { Item } from '../../mail/folder.ts'
import { touchItem } from '../../mail/mailbox.ts'
import type { Caller } from '../caller.ts'
import { EwsError } from '../ews-error.ts'
import { readExtendedProperty } from '../extended-property.ts'
import { findItemById, matchesChangeKey } from '../find-by-id.ts'
import { writeItemId } from '../item-properties.ts'
import { answerEach, type Operation } from '../operation.ts'
import { element } from '../write-xml.ts'
import { childNamed, childrenOf, isTrue, localName, type XmlElement } from '../xml-element.ts'

const NO_CONFLICT = '<m:ConflictResults><t:Count>0</t:Count></m:ConflictResults>'

/** https://learn.microsoft.com/exchange/client-developer/web-service-reference/updateitem-operation */
export const updateItem: Operation = {
  errorTail: `<m:Items/>${NO_CONFLICT}`,
  run: (request, caller) => {
    const { MessageDisposition: disposition, ConflictResolution: resolution = '' } = request.attributes
    if (disposition === undefined) throw new EwsError('ErrorMessageDispositionRequired')
    return answerEach(childrenOf(request, 'm:ItemChanges'), (change) => {
      const item = update(caller, change, resolution)
      return element('m:Items', {}, element('t:Message', {}, writeItemId(item))) + NO_CONFLICT
    })
  },
}

function update(caller: Caller, change: XmlElement, resolution: string): Item {
  const itemId = childNamed(change, 't:ItemId')
  if (!itemId) throw new EwsError('ErrorInvalidRequest')
  const item = findItemById(caller, itemId)
  const matches = matchesChangeKey(item, itemId)
  if (resolution !== 'AlwaysOverwrite') {
    if (matches === null) throw new EwsError('ErrorChangeKeyRequiredForWriteOperations')
    if (!matches) throw new EwsError('ErrorIrresolvableConflict')
  }
  const updates = childrenOf(change, 't:Updates').map(readUpdate)
  for (const { apply } of updates) apply(item)
  touchItem(caller.mailbox, item, { readFlagOnly: updates.every(({ uri }) => uri === 'message:IsRead') })
  return item
}

interface Update {
  uri: string
  apply(item: Item): void
}

/** Reads one change of one property; all are read before the first is made, so that an item changes wholly or not. */
function readUpdate(field: XmlElement): Update {
  const [path, message] = field.children
  if (!path) throw new EwsError('ErrorInvalidRequest')
  const deletes = field.name === 't:DeleteItemField'
  if (path.name === 't:ExtendedFieldURI') {
    const { key } = readExtendedProperty(path)
    if (deletes) return { uri: key, apply: (item) => void item.extended.delete(key) }
    const [property] = message?.children ?? []
    const value = property && childNamed(property, 't:Value')?.text
    if (value === undefined) throw new EwsError('ErrorInvalidPropertySet')
    return { uri: key, apply: (item) => void item.extended.set(key, value) }
  }
  const uri = path.attributes.FieldURI ?? ''
  const value = message?.children[0]
  const isAgreed = value !== undefined && localName(value) === uri.slice(uri.indexOf(':') + 1)
  if (!deletes && (!isAgreed || message?.children.length !== 1)) {
    throw new EwsError('ErrorInvalidPropertySet', { FieldURI: uri })
  }
  if (uri === 'item:Categories') {
    const categories = value ? value.children.map(({ text }) => text) : []
    return { uri, apply: (item) => void Object.assign(item, { categories }) }
  }
  if (uri === 'message:IsRead' && value) {
    const isRead = isTrue(value.text.trim())
    return { uri, apply: (item) => void Object.assign(item, { isRead }) }
  }
  if (uri === 'item:Importance' && value) {
    const importance = value.text.trim()
    return { uri, apply: (item) => void Object.assign(item, { importance }) }
  }
  throw new EwsError(deletes ? 'ErrorInvalidPropertyDelete' : 'ErrorInvalidPropertySet', { FieldURI: uri })
}
