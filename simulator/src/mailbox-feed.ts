import type { MailboxEvent } from './mail/mailbox.ts'

/** Tells who watches an address of its changes; outlives a reset, as open webmail pages do. */
export interface MailboxFeed {
  tell(event: MailboxEvent): void
  /** The answer stops it. */
  watch(address: string, listener: () => void): () => void
}

export function createMailboxFeed(): MailboxFeed {
  const watchers = new Map<string, Set<() => void>>()
  return {
    tell({ mailbox }) {
      for (const listener of watchers.get(mailbox.address) ?? []) listener()
    },
    watch(address, listener) {
      const key = address.toLowerCase()
      const listeners = watchers.get(key) ?? new Set()
      watchers.set(key, listeners.add(listener))
      return () => void listeners.delete(listener)
    },
  }
}
