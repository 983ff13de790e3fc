import type { Item } from '../mail/folder.ts'
import { attachmentIdOf, changeKeyOf } from '../mail/ids.ts'
import { element, textElement } from './write-xml.ts'

/** A part of a message that is no body of it. */
export interface FileAttachment {
  name: string
  contentType: string
  /** Without angle brackets; `null` when it has none. */
  contentId: string | null
  isInline: boolean
  content: Buffer
}

/** A `t:FileAttachment`; its octets only when they are asked for by GetAttachment. */
export function writeAttachment(
  item: Item,
  position: number,
  attachment: FileAttachment,
  options: { withContent: boolean },
): string {
  const { name, contentType, contentId, isInline, content } = attachment
  return element(
    't:FileAttachment',
    {},
    element('t:AttachmentId', {
      Id: attachmentIdOf(item.id, position),
      RootItemId: item.id,
      RootItemChangeKey: changeKeyOf(item.changedSequence),
    }) +
      textElement('t:Name', name) +
      textElement('t:ContentType', contentType) +
      (contentId === null ? '' : textElement('t:ContentId', contentId)) +
      textElement('t:Size', content.length) +
      textElement('t:IsInline', isInline) +
      (options.withContent ? textElement('t:Content', content.toString('base64')) : ''),
  )
}
