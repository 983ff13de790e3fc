import { randomUUID } from 'node:crypto'
import PostalMime from 'postal-mime'
import type { WebmailBackend, WebmailMailbox, WebmailSummary } from '../../src/webmail/backend.ts'

type Stored = WebmailSummary & { readonly raw: Uint8Array; readonly folder: string }

/** A mail store of maps behind the webmail: what is submitted lies in Sent Items and, for a mailbox here, in its Inbox. */
export type MemoryBackend = WebmailBackend & {
  deliver(address: string, folder: string, raw: Uint8Array | string): Promise<string>
  /** The raw messages of a folder, newest first. */
  rawMessages(address: string, folder: string): Uint8Array[]
  /** From now on submissions are refused with this reason; null takes them again. */
  refuseSubmissions(reason: string | null): void
  /** How many listeners are subscribed. */
  countListeners(): number
}

const folders = ['Inbox', 'Drafts', 'Sent Items', 'Deleted Items', 'Junk Email', 'Archive']

export function createMemoryBackend(mailboxes: readonly WebmailMailbox[]): MemoryBackend {
  const stored = new Map<string, Map<string, Stored>>(mailboxes.map(({ address }) => [address, new Map()]))
  const listeners = new Map<string, Set<() => void>>(mailboxes.map(({ address }) => [address, new Set()]))
  let refusal: string | null = null

  const mailbox = (address: string) => stored.get(address) ?? new Map<string, Stored>()
  const changed = (address: string) => {
    for (const listener of listeners.get(address) ?? []) listener()
  }
  const inFolder = (address: string, folder: string) =>
    [...mailbox(address).values()].filter((message) => message.folder === folder).reverse()

  async function deliver(address: string, folder: string, message: Uint8Array | string): Promise<string> {
    const raw = typeof message === 'string' ? Buffer.from(message) : message
    const {
      subject = '',
      from,
      to,
    } = await PostalMime.parse(raw).catch(() => ({}) as Record<string, undefined>)
    const id = `${randomUUID()}/+=`
    mailbox(address).set(id, {
      id,
      subject,
      from: from?.name || from?.address || '',
      to: (to ?? []).map(({ name, address: recipient }) => name || recipient || '').join(', '),
      receivedAt: new Date('2026-11-24T14:03:00Z'),
      isRead: folder === 'Sent Items',
      size: raw.length,
      raw,
      folder,
    })
    changed(address)
    return id
  }

  return {
    deliver,
    listMailboxes: () => mailboxes,
    listFolders: () => folders,
    listMessages: inFolder,
    rawMessages: (address, folder) => inFolder(address, folder).map(({ raw }) => raw),
    readMessage: (address, id) => mailbox(address).get(id) ?? null,
    markRead(address, id) {
      const message = mailbox(address).get(id)
      if (message === undefined) return
      mailbox(address).set(id, { ...message, isRead: true })
      changed(address)
    },
    async submit(address, raw) {
      if (refusal !== null) throw new Error(refusal)
      await deliver(address, 'Sent Items', raw)
      const { to = [], cc = [] } = await PostalMime.parse(raw)
      for (const { address: recipient } of [...to, ...cc]) {
        if (recipient !== undefined && stored.has(recipient)) await deliver(recipient, 'Inbox', raw)
      }
    },
    onChange(address, listener) {
      const subscribed = listeners.get(address)
      subscribed?.add(listener)
      return () => subscribed?.delete(listener)
    },
    refuseSubmissions(reason) {
      refusal = reason
    },
    countListeners: () => [...listeners.values()].reduce((count, { size }) => count + size, 0),
  }
}
