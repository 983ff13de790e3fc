/** Mailboxes on a real IMAP server, and the adapter opened on them. */
import type { ImapFlow } from 'imapflow'
import { onTestFinished } from 'vitest'
import { createLog, type Log } from '../../src/lib/log.ts'
import { openImapMailbox } from '../../src/mail/imap/imap-mailbox.ts'
import type { Credential, ImapSettings } from '../../src/mail/imap/imap-settings.ts'
import type { Mailbox, Received, ReceiveRequest } from '../../src/mail/mailbox.ts'
import { areOurs } from '../contract/mailbox-contract.ts'
import type { TestDovecot } from './dovecot.ts'

export const signal = new AbortController().signal

export interface Person {
  user: string
  /** The person's own mail client. */
  client: ImapFlow
  /** Puts a message into a folder, as a mail server does. Returns its UID. */
  deliver(mime: string, options?: { folder?: string; receivedAt?: Date }): Promise<number>
  /** What lies in a folder: UID, flags and subject. */
  messages(folder: string): Promise<{ uid: number; flags: string[]; subject: string }[]>
  settings(changes?: Partial<ImapSettings>): ImapSettings
  open(changes?: Partial<ImapSettings>, parts?: { credential?: Credential; log?: Log }): Mailbox
}

let people = 0

/** Somebody with an empty mailbox: INBOX, Junk, Sent and Trash. */
export async function newPerson(dovecot: TestDovecot): Promise<Person> {
  people += 1
  const user = `approvals${people}@contoso.example`
  const client = await dovecot.client(user)
  for (const folder of ['Junk', 'Sent', 'Trash']) await client.mailboxCreate(folder)
  const nowhere = { host: 'localhost', port: 1, security: 'ssl' as const }
  const person: Person = {
    user,
    client,
    async deliver(mime, { folder = 'INBOX', receivedAt = new Date() } = {}) {
      const appended = await client.append(folder, mime, [], receivedAt)
      if (!appended || appended.uid === undefined) throw new Error(`no delivery into ${folder}`)
      return appended.uid
    },
    async messages(folder) {
      const { exists } = await client.mailboxOpen(folder)
      if (exists === 0) return []
      const all = await client.fetchAll('1:*', { uid: true, flags: true, envelope: true })
      return all.map(({ uid, flags, envelope }) => ({
        uid,
        flags: [...(flags ?? [])].filter((flag) => flag !== '\\Recent'),
        subject: envelope?.subject ?? '',
      }))
    },
    settings: (changes) => ({
      imap: { host: 'localhost', port: dovecot.port.ssl, security: 'ssl' },
      smtp: nowhere,
      user,
      address: user,
      extraCa: dovecot.caPem,
      processedFolder: 'Processed',
      watchJunk: true,
      maxMessageBytes: 40 * 1024 * 1024,
      saveSent: false,
      proxy: null,
      userAgent: 'Countersign/1',
      ...changes,
    }),
    open(changes, { credential = { password: dovecot.password }, log = createLog('silent') } = {}) {
      const mailbox = openImapMailbox(person.settings(changes), { credential, log })
      onTestFinished(() => mailbox.close())
      return mailbox
    },
  }
  return person
}

/** Receives until there is no more, as `jobs/receive` does. */
export async function collect(
  mailbox: Mailbox,
  request: Partial<ReceiveRequest> = {},
): Promise<Received & { calls: number }> {
  const all = { messages: [], failed: [], cursor: '', more: true, calls: 0 } as Received & { calls: number }
  const stored = new Set<string>()
  let cursor = request.cursor ?? null
  while (all.more) {
    const received = await mailbox.receive({
      startFrom: new Date(0),
      areOurs,
      isKnown: async (ids) => new Set(ids.filter((id) => stored.has(id))),
      limit: { messages: 200, bytes: 32 * 1024 * 1024 },
      signal,
      ...request,
      cursor,
    })
    all.calls += 1
    all.messages.push(...received.messages)
    all.failed.push(...received.failed)
    for (const { providerId } of [...received.messages, ...received.failed]) stored.add(providerId)
    cursor = received.cursor
    Object.assign(all, { cursor, more: received.more })
  }
  return all
}
