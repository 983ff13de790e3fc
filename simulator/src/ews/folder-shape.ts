import type { Folder } from '../mail/folder.ts'
import { changeKeyOf } from '../mail/ids.ts'
import { childFolders, type Mailbox } from '../mail/mailbox.ts'
import { writeEffectiveRights } from './effective-rights.ts'
import { EwsError } from './ews-error.ts'
import {
  type ExtendedProperty,
  readExtendedProperty,
  tagValue,
  writeExtendedProperty,
} from './extended-property.ts'
import type { ReadPath } from './restriction.ts'
import { NotSimulated } from './validate-request.ts'
import type { Value } from './value.ts'
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
  {
    uri: 'folder:TotalCount',
    write: (folder) => textElement('t:TotalCount', folder.items.size),
    value: (folder) => folder.items.size,
  },
  {
    uri: 'folder:ChildFolderCount',
    write: (folder, mailbox) => textElement('t:ChildFolderCount', childFolders(mailbox, folder).length),
  },
  { uri: 'folder:EffectiveRights', write: writeEffectiveRights },
  {
    uri: 'folder:DistinguishedFolderId',
    write: ({ wellKnown }) => (wellKnown ? textElement('t:DistinguishedFolderId', wellKnown) : ''),
  },
  {
    uri: 'folder:UnreadCount',
    write: (folder) => textElement('t:UnreadCount', unreadCount(folder)),
    value: unreadCount,
  },
]

/** Properties of the schema that no folder here has. */
const neverSet = [
  'folder:ManagedFolderInformation',
  'folder:PermissionSet',
  'folder:PolicyTag',
  'folder:ArchiveTag',
]

/** MAPI properties of folders (MS-OXPROPS), by property id. */
const mapiProperties = (mailbox: Mailbox) =>
  new Map<number, (folder: Folder) => Value>([
    [0x3001, (folder) => folder.displayName],
    [0x3602, (folder) => folder.items.size],
    [0x3603, unreadCount],
    [0x360a, (folder) => childFolders(mailbox, folder).length > 0],
    [0x3613, (folder) => folder.folderClass],
  ])

const defaultProperties = [
  'folder:DisplayName',
  'folder:TotalCount',
  'folder:ChildFolderCount',
  'folder:UnreadCount',
]

export function writeFolderId(folder: Folder): string {
  return element('t:FolderId', { Id: folder.id, ChangeKey: changeKeyOf(folder.createdSequence) })
}

/** Which properties of a folder a request wants. */
interface FolderShape {
  wanted: Set<string>
  extended: ExtendedProperty[]
}

/** Reads an `m:FolderShape`. */
export function readFolderShape(request: XmlElement): FolderShape {
  const shape = childNamed(request, 'm:FolderShape')
  const base = shape && childText(shape, 't:BaseShape')
  const wanted = new Set<string>(['folder:FolderId'])
  if (base === 'Default') for (const uri of defaultProperties) wanted.add(uri)
  if (base === 'AllProperties') for (const { uri } of folderProperties) wanted.add(uri)
  const paths = shape ? childrenOf(shape, 't:AdditionalProperties') : []
  for (const { name, attributes } of paths) {
    const uri = attributes.FieldURI ?? ''
    if (name !== 't:FieldURI' || neverSet.includes(uri)) continue
    if (!folderProperties.some((property) => property.uri === uri)) {
      throw new NotSimulated(`the simulator does not offer ${uri}`)
    }
    wanted.add(uri)
  }
  const extended = paths.filter(({ name }) => name === 't:ExtendedFieldURI').map(readExtendedProperty)
  return { wanted, extended }
}

/** A `t:Folder` with what the shape wants, in schema order. */
export function writeFolder(mailbox: Mailbox, folder: Folder, { wanted, extended }: FolderShape): string {
  let written = ''
  for (const { uri, write } of folderProperties) {
    if (wanted.has(uri)) written += write(folder, mailbox)
    // In the schema ExtendedProperty stands behind ChildFolderCount.
    if (uri === 'folder:ChildFolderCount') written += writeExtendedProperties(mailbox, folder, extended)
  }
  return `<t:Folder>${written}</t:Folder>`
}

function writeExtendedProperties(mailbox: Mailbox, folder: Folder, properties: ExtendedProperty[]): string {
  const table = mapiProperties(mailbox)
  return properties
    .map((property) => writeExtendedProperty(property, tagValue(folder, property, table)))
    .join('')
}

/** Reads folder properties for restrictions. */
export function folderPath(mailbox: Mailbox): ReadPath<Folder> {
  const table = mapiProperties(mailbox)
  return (path) => {
    if (path.name === 't:ExtendedFieldURI') {
      const property = readExtendedProperty(path)
      return (folder) => tagValue(folder, property, table)
    }
    const uri = path.attributes.FieldURI ?? ''
    const read = folderProperties.find((property) => property.uri === uri)?.value
    if (!read) throw new EwsError('ErrorUnsupportedPathForQuery', { FieldURI: uri })
    return read
  }
}

function unreadCount(folder: Folder): number {
  let count = 0
  for (const item of folder.items.values()) if (!item.isRead) count += 1
  return count
}
