import type { Folder } from '../../mail/folder.ts'
import { type Command, completed } from '../command.ts'
import { imapNameOf, quoteName, readFolder } from '../folder-name.ts'
import { badArguments } from '../imap-refusal.ts'
import { listOf, textOf } from '../parse-arguments.ts'

const counts: Record<string, (folder: Folder) => number> = {
  MESSAGES: ({ items }) => items.size,
  RECENT: ({ items, recentFrom }) => [...items.values()].filter(({ uid }) => uid >= recentFrom).length,
  UIDNEXT: ({ uidNext }) => uidNext,
  UIDVALIDITY: ({ uidValidity }) => uidValidity,
  UNSEEN: ({ items }) => [...items.values()].filter(({ isRead }) => !isRead).length,
}

export const status: Command = {
  needs: 'login',
  run({ mailbox, args, answer }) {
    if (args.length !== 2) throw badArguments()
    const folder = readFolder(mailbox, args[0])
    const wanted = listOf(args[1]).map((argument) => textOf(argument).toUpperCase())
    const values = wanted.map((name) => {
      const count = Object.hasOwn(counts, name) ? counts[name] : undefined
      if (!count) throw badArguments()
      return `${name} ${count(folder)}`
    })
    answer.untagged(`STATUS ${quoteName(imapNameOf(folder))} (${values.join(' ')})`)
    return completed('STATUS', 1)
  },
}
