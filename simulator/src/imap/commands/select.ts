import { type Command, completed } from '../command.ts'
import { permanentFlags } from '../flags.ts'
import { readFolder } from '../folder-name.ts'
import { badArguments, ImapRefusal } from '../imap-refusal.ts'
import type { ImapSession } from '../session.ts'
import { openView } from '../view.ts'

export const select = opening('SELECT', false)
export const examine = opening('EXAMINE', true)

function opening(name: 'SELECT' | 'EXAMINE', isReadOnly: boolean): Command {
  return {
    needs: 'login',
    run({ session, mailbox, args, answer }) {
      closeView(session)
      if (args.length !== 1) throw badArguments()
      const folder = readFolder(mailbox, args[0])
      const view = openView(mailbox, folder, isReadOnly)
      session.view = view
      const flags = permanentFlags.join(' ')
      const unseen = view.entries.findIndex(({ item }) => !item.isRead) + 1
      answer.untagged(`${view.entries.length} EXISTS`)
      answer.untagged(`${view.recent.size} RECENT`)
      answer.untagged(`FLAGS (${flags})`)
      answer.untagged(`OK [PERMANENTFLAGS (${isReadOnly ? '' : flags})] Permanent flags`)
      if (unseen > 0) answer.untagged(`OK [UNSEEN ${unseen}] Is the first unseen message`)
      answer.untagged(`OK [UIDVALIDITY ${folder.uidValidity}] UIDVALIDITY value`)
      answer.untagged(`OK [UIDNEXT ${folder.uidNext}] The next unique identifier value`)
      return {
        text: `OK [${isReadOnly ? 'READ-ONLY' : 'READ-WRITE'}] ${name} completed.`,
        items: view.entries.length,
      }
    },
  }
}

/** RFC 3691: as CLOSE, and nothing is removed. */
export const unselect: Command = {
  needs: 'folder',
  run({ session }) {
    closeView(session)
    return completed('UNSELECT')
  },
}

export function closeView(session: ImapSession): void {
  session.view?.close()
  session.view = null
}

/** @throws ImapRefusal in a folder that was opened by EXAMINE */
export function checkWritable({ isReadOnly }: { isReadOnly: boolean }): void {
  if (isReadOnly) throw new ImapRefusal('NO', 'The folder is opened read-only.')
}
