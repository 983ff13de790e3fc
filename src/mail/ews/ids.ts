import { type Xml, xml } from './xml.ts'

/** A folder by Exchange's own name for it, which is the same in every language, or by its id. */
export type FolderRef =
  | { wellKnown: 'inbox' | 'junkemail' | 'deleteditems' | 'sentitems' | 'outbox' | 'drafts' }
  | { id: string }

export const inbox: FolderRef = { wellKnown: 'inbox' }
export const junkEmail: FolderRef = { wellKnown: 'junkemail' }
export const deletedItems: FolderRef = { wellKnown: 'deleteditems' }

export function folderId(folder: FolderRef): Xml {
  return 'id' in folder
    ? xml`<t:FolderId Id="${folder.id}"/>`
    : xml`<t:DistinguishedFolderId Id="${folder.wellKnown}"/>`
}

/** An item and, where it matters, which state of it is meant. */
export interface ItemId {
  id: string
  changeKey: string | null
}

export function itemId({ id, changeKey }: ItemId): Xml {
  return changeKey === null
    ? xml`<t:ItemId Id="${id}"/>`
    : xml`<t:ItemId Id="${id}" ChangeKey="${changeKey}"/>`
}

export function itemIds(ids: ItemId[]): Xml {
  return xml`<m:ItemIds>${ids.map(itemId)}</m:ItemIds>`
}

/** Properties to be returned beside the id, by their FieldURI. */
export function additionalProperties(fields: string[], extended: Xml[] = []): Xml {
  const properties = [...fields.map((field) => xml`<t:FieldURI FieldURI="${field}"/>`), ...extended]
  return xml`<t:AdditionalProperties>${properties}</t:AdditionalProperties>`
}
