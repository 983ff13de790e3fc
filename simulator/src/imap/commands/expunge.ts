import { removeItem } from '../../mail/mailbox.ts'
import { type Command, completed } from '../command.ts'
import { badArguments } from '../imap-refusal.ts'
import { textOf } from '../parse-arguments.ts'
import { type Entry, isInFolder, namedMessages, type View } from '../view.ts'
import { checkWritable, closeView } from './select.ts'

/** Removes what is marked \Deleted; behind `UID` of the named ones only (RFC 4315, section 2.1). */
export const expunge: Command = {
  needs: 'folder',
  run({ view, args, isUid }) {
    checkWritable(view)
    if (args.length !== (isUid ? 1 : 0)) throw badArguments()
    const entries = isUid
      ? namedMessages(view, textOf(args[0]), true).map(({ entry }) => entry)
      : view.entries
    return completed('EXPUNGE', removeMarked(view, entries))
  },
}

/** RFC 3501, section 6.4.2: what is marked goes without a word. */
export const close: Command = {
  needs: 'folder',
  run({ session, view }) {
    const removed = view.isReadOnly ? 0 : removeMarked(view, view.entries)
    closeView(session)
    return completed('CLOSE', removed)
  },
}

function removeMarked(view: View, entries: Entry[]): number {
  const marked = entries.filter(({ item }) => item.flags.has('\\Deleted') && isInFolder(view, item))
  for (const { item } of marked) removeItem(view.mailbox, item)
  return marked.length
}
