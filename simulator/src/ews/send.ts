import type { Folder, Item, ItemContent } from '../mail/folder.ts'
import { wellKnownFolder } from '../mail/mailbox.ts'
import { prepareSubmission, submit } from '../mail/submit.ts'
import type { Caller } from './caller.ts'
import { findTargetFolder } from './find-by-id.ts'
import { childNamed, type XmlElement } from './xml-element.ts'

/** Sends a new message; its copy goes into `saveTo`, or nowhere. Throws MailRefused for what the mail system refuses. */
export function sendContent({ world, mailbox }: Caller, content: ItemContent, saveTo: Folder | null): void {
  submit(world, mailbox, { content }, prepareSubmission(mailbox, content.raw), saveTo)
}

/** Sends a draft; it leaves its folder. Throws as `sendContent` does. */
export function sendDraft({ world, mailbox }: Caller, draft: Item, saveTo: Folder | null): void {
  submit(world, mailbox, { draft }, prepareSubmission(mailbox, draft.raw), saveTo)
}

/** The folder that `m:SavedItemFolderId` names, or the usual one. */
export function savedItemFolder(
  request: XmlElement,
  caller: Caller,
  otherwise: 'drafts' | 'sentitems',
): Folder {
  const target = childNamed(request, 'm:SavedItemFolderId')
  return target ? findTargetFolder(caller, target) : wellKnownFolder(caller.mailbox, otherwise)
}
