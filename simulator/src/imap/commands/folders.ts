import type { Folder } from '../../mail/folder.ts'
import {
  findFolder,
  type Mailbox,
  openFolder,
  removeFolder,
  renameFolder,
  wellKnownFolder,
} from '../../mail/mailbox.ts'
import { type Command, completed } from '../command.ts'
import { readFolder, readFolderPath } from '../folder-name.ts'
import { badArguments, ImapRefusal } from '../imap-refusal.ts'
import type { Argument } from '../parse-arguments.ts'

const DEPTH_LIMIT = 30
const NAME_LIMIT = 255

/** What lacks of the way to a folder is made with it, as RFC 3501, section 6.3.3 advises. */
export const create: Command = {
  needs: 'login',
  run({ mailbox, args }) {
    const { parent, displayName } = readPlace(mailbox, args)
    openFolder(mailbox, { displayName, parent })
    return completed('CREATE', 1)
  },
}

export const remove: Command = {
  needs: 'login',
  run({ mailbox, args }) {
    if (args.length !== 1) throw badArguments()
    removeFolder(mailbox, readOwnFolder(mailbox, args[0]))
    return completed('DELETE', 1)
  },
}

export const rename: Command = {
  needs: 'login',
  run({ mailbox, args }) {
    const folder = readOwnFolder(mailbox, args[0])
    const { parent, displayName } = readPlace(mailbox, args.slice(1))
    for (let above: Folder | null = parent; above; above = above.parent) {
      if (above === folder) throw new ImapRefusal('NO', 'A folder cannot stand below itself.')
    }
    renameFolder(folder, { displayName, parent })
    return completed('RENAME', 1)
  },
}

export const subscribe = subscribing('SUBSCRIBE', true)
export const unsubscribe = subscribing('UNSUBSCRIBE', false)

function subscribing(name: string, isSubscribed: boolean): Command {
  return {
    needs: 'login',
    run({ mailbox, args }) {
      if (args.length !== 1) throw badArguments()
      readFolder(mailbox, args[0]).isSubscribed = isSubscribed
      return completed(name, 1)
    },
  }
}

/** A folder that its owner has made: Exchange's own stay. */
function readOwnFolder(mailbox: Mailbox, argument: Argument | undefined): Folder {
  const folder = readFolder(mailbox, argument)
  if (folder.wellKnown) throw new ImapRefusal('NO', 'This folder cannot be changed.')
  return folder
}

/** A free place for a folder; the folders above it are made where they lack. @throws ImapRefusal */
function readPlace(mailbox: Mailbox, args: Argument[]): { parent: Folder; displayName: string } {
  if (args.length !== 1) throw badArguments()
  const path = readFolderPath(args[0]).replace(/\/$/, '')
  if (findFolder(mailbox, path)) throw new ImapRefusal('NO', 'The folder already exists.')
  const names = path.split('/')
  const displayName = names.pop() ?? ''
  const isSound = [...names, displayName].every((name) => name.trim() !== '' && name.length <= NAME_LIMIT)
  if (!isSound || names.length >= DEPTH_LIMIT) throw new ImapRefusal('NO', 'This is no name of a folder.')
  let parent = wellKnownFolder(mailbox, 'msgfolderroot')
  for (const [index, name] of names.entries()) {
    const above = findFolder(mailbox, names.slice(0, index + 1).join('/'))
    parent = above ?? openFolder(mailbox, { displayName: name, parent })
  }
  return { parent, displayName }
}
