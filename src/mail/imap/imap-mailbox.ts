import { MailError } from '../errors.ts'
import type { FetchRequest, Mailbox } from '../mailbox.ts'
import type { ArrivalFolder } from '../message.ts'
import { checks } from './checks.ts'
import { fetchMessages, findOurs } from './fetch-messages.ts'
import { findSent } from './find-sent.ts'
import { nameOfFolder } from './folders.ts'
import { type ImapSession, imapSession } from './imap-session.ts'
import type { ImapParts, ImapSettings } from './imap-settings.ts'
import { inTurn } from './in-turn.ts'
import { opensMailbox } from './opens-mailbox.ts'
import { processedFolder } from './processed-folder.ts'
import { groupByFolder, readProviderId } from './provider-id.ts'
import { receive } from './receive.ts'
import { saveSent } from './save-sent.ts'
import { send } from './send.ts'
import { settle } from './settle.ts'
import { connectSmtp } from './smtp-connection.ts'
import { newMailWait } from './wait.ts'

/**
 * Opens a mailbox that is read over IMAP (RFC 3501, RFC 9051) and sends over SMTP (RFC 6409). Nothing is called yet.
 * Throws `MailError` (`invalid`) when a host cannot be one.
 */
export function openImapMailbox(settings: ImapSettings, parts: ImapParts): Mailbox {
  for (const { host } of [settings.imap, settings.smtp]) checkHost(host)
  const { log } = parts
  const session = imapSession(settings, parts)
  const folders: ArrivalFolder[] = settings.watchJunk ? ['inbox', 'junk'] : ['inbox']
  const folder = processedFolder(settings.processedFolder)
  const newMail = newMailWait(settings, parts)
  // Each sending takes all the connections that a mailbox has.
  const sendingTurn = inTurn()

  return {
    receive: (request) => receive(request, { ...settings, folders }, session),
    fetch: (request) => fetchAgain(request, settings, session),
    settle: (ids, mode, signal) => settle(ids, mode, { session, folder }, signal),
    async send(messages, signal) {
      const connect = () => connectSmtp(settings, parts, signal)
      const outcomes = await sendingTurn(() => send(messages, { connect, log }, signal))
      if (settings.saveSent) await saveSent(messages, outcomes, { session, log }, signal)
      return outcomes
    },
    findSent: (messageId, signal) => findSent(messageId, { session, saveSent: settings.saveSent }, signal),
    wait: (signal) => newMail.wait(signal),
    subscriptions: null,
    checks: () => checks({ settings, parts, session }),
    opensAnother:
      'password' in parts.credential
        ? null
        : (address, signal) => opensMailbox({ ...settings, user: address, address }, parts, signal),
    async close() {
      newMail.close()
      session.close()
    },
  }
}

/** Single messages again, folder by folder. One whose folder is gone, or has another UIDVALIDITY now, is gone itself. */
async function fetchAgain(
  { providerIds, areOurs, signal }: FetchRequest,
  { processedFolder, maxMessageBytes }: ImapSettings,
  session: ImapSession,
): ReturnType<Mailbox['fetch']> {
  const fetched: Awaited<ReturnType<Mailbox['fetch']>> = { messages: [], failed: [] }
  for (const group of groupByFolder(providerIds.flatMap((id) => readProviderId(id) ?? []))) {
    await session.inFolder(
      () => group.path,
      'read',
      signal,
      async (open) => {
        if (open.mailbox.uidValidity !== group.uidValidity) return
        const { ours, failed } = await findOurs(open, group.uids, areOurs)
        const folder = nameOfFolder(open.connection, group.path, processedFolder)
        const contents = await fetchMessages(open, ours, { folder, largest: maxMessageBytes })
        fetched.messages.push(...contents.messages)
        fetched.failed.push(...failed, ...contents.failed)
        if (contents.stoppedBy !== null) throw contents.stoppedBy
      },
    )
  }
  return fetched
}

function checkHost(host: string): void {
  if (/^[^/\\?#@:\s]+$/.test(host)) return
  throw new MailError(`The mail server's address cannot be used: ${host}`, {
    kind: 'invalid',
    retry: 'pause-mailbox',
    providerCode: 'mailbox.wrong-host',
    messageKey: 'mailbox.wrong-host',
    messageValues: { host },
  })
}
