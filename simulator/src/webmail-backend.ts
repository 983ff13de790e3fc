import { folderPath, type Item } from './mail/folder.ts'
import { findFolder, type Mailbox, touchItem, visibleFolders } from './mail/mailbox.ts'
import { submitRaw } from './mail/submit.ts'
import type { MailboxFeed } from './mailbox-feed.ts'
import type { WebmailBackend, WebmailSummary } from './webmail/backend.ts'
import { listMailboxes, type World } from './world.ts'

/** The simulator's mailboxes as the webmail sees them; `world` gives the present one, as a reset replaces it. */
export function createWebmailBackend(world: () => World, feed: MailboxFeed): WebmailBackend {
  function mailboxOf(address: string): Mailbox {
    const mailbox = world().mailboxes.get(address.toLowerCase())
    if (!mailbox) throw new Error(`${address} has no mailbox`)
    return mailbox
  }
  return {
    listMailboxes: () => listMailboxes(world()),
    listFolders: (address) => visibleFolders(mailboxOf(address)).map(folderPath),
    listMessages: (address, name) => {
      const folder = findFolder(mailboxOf(address), name)
      return [...(folder?.items.values() ?? [])].map(summaryOf).reverse()
    },
    readMessage: (address, id) => {
      const item = mailboxOf(address).items.get(id)
      if (!item) return null
      const { raw, isRead, folder, receivedAt } = item
      return { raw, isRead, folder: folderPath(folder), receivedAt: new Date(receivedAt) }
    },
    markRead: (address, id) => {
      const mailbox = mailboxOf(address)
      const item = mailbox.items.get(id)
      if (!item || item.isRead) return
      item.isRead = true
      touchItem(mailbox, item, { readFlagOnly: true })
    },
    submit: async (address, raw) => {
      submitRaw(world(), mailboxOf(address), Buffer.from(raw))
    },
    onChange: feed.watch,
  }
}

function summaryOf({ id, summary, receivedAt, isRead, raw }: Item): WebmailSummary {
  const display = ({ name, address }: { name: string; address: string }) => name || address
  return {
    id,
    subject: summary.subject,
    from: summary.from ? display(summary.from) : '',
    to: summary.to.map(display).join(', '),
    receivedAt: new Date(receivedAt),
    isRead,
    size: raw.length,
  }
}
