import { checkQuota } from '../../mail/check-quota.ts'
import { readHeaderBlock } from '../../mail/header-block.ts'
import { itemClassOf } from '../../mail/item-class-of.ts'
import { addItem } from '../../mail/mailbox.ts'
import type { Command } from '../command.ts'
import { readDateTime } from '../dates.ts'
import { readFlags } from '../flags.ts'
import { readFolder } from '../folder-name.ts'
import { badArguments, ImapRefusal } from '../imap-refusal.ts'
import { type Argument, textOf } from '../parse-arguments.ts'

export const append: Command = {
  needs: 'login',
  run({ mailbox, args }) {
    const raw = args.at(-1)
    if (args.length < 2 || !raw || !('string' in raw)) throw badArguments()
    const { flags, receivedAt } = readOptions(args.slice(1, -1))
    const folder = readFolder(mailbox, args[0], '[TRYCREATE] ')
    if (readHeaderBlock(raw.string).fields.length === 0)
      throw new ImapRefusal('NO', 'The message is not valid.')
    checkQuota(mailbox)
    const item = addItem(mailbox, folder, {
      raw: raw.string,
      itemClass: itemClassOf(raw.string),
      isRead: flags.includes('\\Seen'),
      isDraft: flags.includes('\\Draft'),
      flags: new Set(flags.filter((flag) => flag !== '\\Seen' && flag !== '\\Draft')),
      ...(receivedAt === undefined ? {} : { receivedAt }),
    })
    return { text: `OK [APPENDUID ${folder.uidValidity} ${item.uid}] APPEND completed.`, items: 1 }
  },
}

/** A list of flags and a date, each at most once and in this order. */
function readOptions(args: Argument[]): { flags: string[]; receivedAt: number | undefined } {
  const [first] = args
  const flags = first && 'list' in first ? first.list : null
  const [date, ...more] = flags ? args.slice(1) : args
  if (more.length > 0) throw badArguments()
  return { flags: readFlags(flags ?? []), receivedAt: date && readDateTime(textOf(date)) }
}
