import type { Mailbox } from '../../mail/mailbox.ts'
import { copyTo, moveTo } from '../../mail/mailbox.ts'
import { type Call, type Command, completed } from '../command.ts'
import { readFolder } from '../folder-name.ts'
import { badArguments } from '../imap-refusal.ts'
import { textOf } from '../parse-arguments.ts'
import { writeSequenceSet } from '../sequence-set.ts'
import { isInFolder, namedMessages, type View } from '../view.ts'
import { checkWritable } from './select.ts'

export const copy: Command = {
  needs: 'folder',
  run(call) {
    const { copied, code } = transfer(call, copyTo)
    return { text: `OK ${code}COPY completed.`, items: copied }
  },
}

/** RFC 6851: COPYUID comes in an OK of its own, before the EXPUNGE of each message. */
export const move: Command = {
  needs: 'folder',
  run(call) {
    checkWritable(call.view)
    const { copied, code } = transfer(call, moveTo)
    if (copied > 0) call.answer.untagged(`OK ${code.trim()}`)
    return completed('MOVE', copied)
  },
}

/** Copies or moves the messages that a command names; `code` is COPYUID (RFC 4315, section 3) and a blank. */
function transfer(
  { mailbox, view, args, isUid }: Call & { mailbox: Mailbox; view: View },
  into: typeof copyTo,
): { copied: number; code: string } {
  if (args.length !== 2) throw badArguments()
  const folder = readFolder(mailbox, args[1], '[TRYCREATE] ')
  const messages = namedMessages(view, textOf(args[0]), isUid).filter(({ entry }) =>
    isInFolder(view, entry.item),
  )
  const uids = messages.map(({ entry }) => into(mailbox, entry.item, folder).uid)
  if (uids.length === 0) return { copied: 0, code: '' }
  const from = writeSequenceSet(messages.map(({ entry }) => entry.uid))
  return { copied: uids.length, code: `[COPYUID ${folder.uidValidity} ${from} ${writeSequenceSet(uids)}] ` }
}
