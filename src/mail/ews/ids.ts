import { type Xml, xml } from './xml.ts'

/** A folder by Exchange's own name for it, which is the same in every language, or by its id. */
export type FolderRef =
  | { wellKnown: 'inbox' | 'junkemail' | 'sentitems' | 'outbox' | 'drafts' }
  | { id: string }

export const inbox: FolderRef = { wellKnown: 'inbox' }
export const junkEmail: FolderRef = { wellKnown: 'junkemail' }

export function folderId(folder: FolderRef): Xml {
  return 'id' in folder
    ? xml`<t:FolderId Id="${folder.id}"/>`
    : xml`<t:DistinguishedFolderId Id="${folder.wellKnown}"/>`
}

/**
 * Ids of items, without their ChangeKey: what is written to an item here (moved, read, deleted) does not depend on
 * what it holds.
 */
export function itemIds(ids: string[]): Xml {
  return xml`<m:ItemIds>${ids.map((id) => xml`<t:ItemId Id="${id}"/>`)}</m:ItemIds>`
}

/** Properties to be returned beside the id, by their FieldURI. */
export function additionalProperties(fields: string[], extended: Xml[] = []): Xml {
  const properties = [...fields.map((field) => xml`<t:FieldURI FieldURI="${field}"/>`), ...extended]
  return xml`<t:AdditionalProperties>${properties}</t:AdditionalProperties>`
}
