import { type Command, completed } from '../command.ts'
import { readAttributes } from '../fetch/attributes.ts'
import { flagsOf, setFlags } from '../flags.ts'
import { badArguments } from '../imap-refusal.ts'
import { textOf } from '../parse-arguments.ts'
import { isInFolder, namedMessages, writeFlags } from '../view.ts'

export const fetch: Command = {
  needs: 'folder',
  async run({ mailbox, view, args, isUid, answer }) {
    const [set, wanted] = args
    if (!wanted || args.length !== 2) throw badArguments()
    const attributes = readAttributes(wanted, isUid)
    const marksRead = !view.isReadOnly && attributes.some((attribute) => attribute.marksRead)
    const messages = namedMessages(view, textOf(set), isUid).filter(({ entry }) =>
      isInFolder(view, entry.item),
    )
    for (const { entry, number } of messages) {
      const { item } = entry
      const hasChanged = marksRead && !item.isRead
      if (hasChanged) setFlags(mailbox, item, [...flagsOf(item), '\\Seen'])
      entry.told = writeFlags(view, item)
      const written = attributes.map(({ name, write }) => [
        `${name} `,
        ...write({ entry, flags: entry.told }),
      ])
      if (hasChanged && !attributes.some(({ name }) => name === 'FLAGS'))
        written.push([`FLAGS (${entry.told})`])
      const separated = written.flatMap((parts, index) => (index === 0 ? parts : [' ', ...parts]))
      answer.untagged(`${number} FETCH (`, ...separated, ')')
      await answer.flushLarge()
    }
    return completed('FETCH', messages.length)
  },
}
