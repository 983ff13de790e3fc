import { type Command, completed } from '../command.ts'
import { badArguments, ImapRefusal } from '../imap-refusal.ts'
import { textOf } from '../parse-arguments.ts'
import { readSearch } from '../search/read-search.ts'
import { isInFolder } from '../view.ts'

export const search: Command = {
  needs: 'folder',
  run({ view, args, isUid, answer }) {
    const [first, charset, ...rest] = args
    const isNamed = first && 'atom' in first && first.atom.toUpperCase() === 'CHARSET'
    if (isNamed && !/^(us-ascii|utf-8)$/i.test(textOf(charset)))
      throw new ImapRefusal('NO', '[BADCHARSET (US-ASCII UTF-8)] The specified charset is not supported.')
    const criteria = isNamed ? rest : args
    if (criteria.length === 0) throw badArguments()
    const matches = readSearch(criteria, view)
    const found: number[] = []
    for (const [index, entry] of view.entries.entries()) {
      if (isInFolder(view, entry.item) && matches(entry, index + 1)) found.push(isUid ? entry.uid : index + 1)
    }
    answer.untagged(['SEARCH', ...found].join(' '))
    return completed('SEARCH', found.length)
  },
}
