import type { Mailbox } from '../../mail/mailbox.ts'
import { childFolders } from '../../mail/mailbox.ts'
import { type Call, type Command, type Completion, completed } from '../command.ts'
import { imapNameOf, listedFolders, quoteName } from '../folder-name.ts'
import { badArguments } from '../imap-refusal.ts'
import { textOf } from '../parse-arguments.ts'

const PATTERN_LIMIT = 1000

export const list: Command = { needs: 'login', run: (call) => listFolders(call, 'LIST') }

/** Of the folders that SUBSCRIBE names; all are at the start. */
export const lsub: Command = { needs: 'login', run: (call) => listFolders(call, 'LSUB') }

function listFolders(call: Call & { mailbox: Mailbox }, name: 'LIST' | 'LSUB'): Completion {
  const { mailbox, args, answer } = call
  if (args.length !== 2) throw badArguments()
  const [reference, pattern] = args.map(textOf)
  if (pattern === '' && name === 'LIST') {
    answer.untagged('LIST (\\Noselect) "/" ""')
    return completed(name)
  }
  const matches = readPattern(`${reference}${pattern}`)
  const found = listedFolders(mailbox).filter(
    (folder) => matches(imapNameOf(folder)) && (name === 'LIST' || folder.isSubscribed),
  )
  for (const folder of found) {
    const children = childFolders(mailbox, folder).length > 0 ? '\\HasChildren' : '\\HasNoChildren'
    answer.untagged(`${name} (${children}) "/" ${quoteName(imapNameOf(folder))}`)
  }
  return completed(name, found.length)
}

/** `*` stands for anything, `%` for anything within a level (RFC 3501, section 6.3.8); INBOX has no case. */
function readPattern(pattern: string): (name: string) => boolean {
  if (pattern.length > PATTERN_LIMIT) throw badArguments()
  const parts = pattern
    .replace(/[*%]*\*[*%]*/g, '*')
    .replace(/%+/g, '%')
    .split(/([*%])/)
  return (name) => matchParts(parts, name)
}

/** Without backtracking beyond the positions of the name: a pattern of many wildcards costs their number times its length. */
function matchParts(parts: string[], name: string): boolean {
  let reached = new Set([0])
  for (const part of parts) {
    const next = new Set<number>()
    for (const at of reached) {
      if (part === '*' || part === '%') {
        const slash = part === '%' ? name.indexOf('/', at) : -1
        const end = slash < 0 ? name.length : slash
        for (let to = at; to <= end; to += 1) next.add(to)
      } else if (name.slice(at, at + part.length).toLowerCase() === part.toLowerCase()) {
        next.add(at + part.length)
      }
    }
    reached = next
  }
  return reached.has(name.length)
}
