import type { Folder } from '../mail/folder.ts'
import { changeKeyOf } from '../mail/ids.ts'
import { childFolders, type Mailbox } from '../mail/mailbox.ts'
import { EwsError } from './ews-error.ts'
import type { Value } from './item-properties.ts'
import type { ReadPath } from './restriction.ts'
import { NotSimulated } from './validate-request.ts'
import { element, textElement } from './write-xml.ts'
import { childNamed, childrenOf, childText, type XmlElement } from './xml-element.ts'

interface FolderProperty {
  uri: string
  write(folder: Folder, mailbox: Mailbox): string
  value?(folder: Folder): Value
}

/** In the order of FolderType in types.xsd. */
const folderProperties: FolderProperty[] = [
  { uri: 'folder:FolderId', write: writeFolderId },
  {
    uri: 'folder:ParentFolderId',
    write: ({ parent }) =>
      parent
        ? element('t:ParentFolderId', { Id: parent.id, ChangeKey: changeKeyOf(parent.createdSequence) })
        : '',
  },
  {
    uri: 'folder:FolderClass',
    write: (folder) => textElement('t:FolderClass', folder.folderClass),
    value: (folder) => folder.folderClass,
  },
  {
    uri: 'folder:DisplayName',
    write: (folder) => textElement('t:DisplayName', folder.displayName),
    value: (folder) => folder.displayName,
  },
  { uri: 'folder:TotalCount', write: (folder) => textElement('t:TotalCount', folder.items.size) },
  {
    uri: 'folder:ChildFolderCount',
    write: (folder, mailbox) => textElement('t:ChildFolderCount', childFolders(mailbox, folder).length),
  },
  { uri: 'folder:UnreadCount', write: (folder) => textElement('t:UnreadCount', unreadCount(folder)) },
]

const defaultProperties = [
  'folder:DisplayName',
  'folder:TotalCount',
  'folder:ChildFolderCount',
  'folder:UnreadCount',
]

export function writeFolderId(folder: Folder): string {
  return element('t:FolderId', { Id: folder.id, ChangeKey: changeKeyOf(folder.createdSequence) })
}

/** The properties that an `m:FolderShape` wants. */
export function readFolderShape(request: XmlElement): Set<string> {
  const shape = childNamed(request, 'm:FolderShape')
  const base = shape && childText(shape, 't:BaseShape')
  const wanted = new Set<string>(['folder:FolderId'])
  if (base === 'Default') for (const uri of defaultProperties) wanted.add(uri)
  if (base === 'AllProperties') for (const { uri } of folderProperties) wanted.add(uri)
  for (const path of shape ? childrenOf(shape, 't:AdditionalProperties') : []) {
    const uri = path.attributes.FieldURI ?? 'extended properties of folders'
    if (!folderProperties.some((property) => property.uri === uri)) {
      throw new NotSimulated(`the simulator does not offer ${uri}`)
    }
    wanted.add(uri)
  }
  return wanted
}

export function writeFolder(mailbox: Mailbox, folder: Folder, wanted: Set<string>): string {
  const written = folderProperties
    .filter(({ uri }) => wanted.has(uri))
    .map(({ write }) => write(folder, mailbox))
  return `<t:Folder>${written.join('')}</t:Folder>`
}

/** Reads folder properties for restrictions. */
export const folderPath: ReadPath<Folder> = (path) => {
  const uri = path.attributes.FieldURI ?? ''
  const read = folderProperties.find((property) => property.uri === uri)?.value
  if (!read) throw new EwsError('ErrorUnsupportedPathForQuery', { FieldURI: uri })
  return read
}

function unreadCount(folder: Folder): number {
  let count = 0
  for (const item of folder.items.values()) if (!item.isRead) count += 1
  return count
}
