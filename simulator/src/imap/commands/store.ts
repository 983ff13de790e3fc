import { type Command, completed } from '../command.ts'
import { flagsOf, readFlags, setFlags } from '../flags.ts'
import { badArguments } from '../imap-refusal.ts'
import { textOf } from '../parse-arguments.ts'
import { isInFolder, namedMessages, writeFlags } from '../view.ts'
import { checkWritable } from './select.ts'

/** `FLAGS` sets, `+FLAGS` adds, `-FLAGS` takes away; `.SILENT` asks for no word of what has become of it. */
export const store: Command = {
  needs: 'folder',
  run({ mailbox, view, args, isUid, answer }) {
    checkWritable(view)
    const [set, operation, ...rest] = args
    const [, sign, silent] = /^([+-]?)FLAGS(\.SILENT)?$/i.exec(textOf(operation)) ?? []
    const [only] = rest
    if (sign === undefined || rest.length === 0) throw badArguments()
    const named = readFlags(only && 'list' in only ? only.list : rest)
    const messages = namedMessages(view, textOf(set), isUid).filter(({ entry }) =>
      isInFolder(view, entry.item),
    )
    for (const { entry, number } of messages) {
      const { item } = entry
      const present = flagsOf(item)
      if (sign === '+') setFlags(mailbox, item, [...present, ...named])
      else if (sign === '-')
        setFlags(
          mailbox,
          item,
          present.filter((flag) => !named.includes(flag)),
        )
      else setFlags(mailbox, item, named)
      entry.told = writeFlags(view, item)
      const uid = isUid ? `UID ${entry.uid} ` : ''
      if (silent === undefined) answer.untagged(`${number} FETCH (${uid}FLAGS (${entry.told}))`)
    }
    return completed('STORE', messages.length)
  },
}
