import { createLog } from '../../src/lib/log.ts'
import type { Mailbox } from '../../src/mail/mailbox.ts'
import { checkMailboxForm } from '../../src/mailboxes/check-mailbox-form.ts'
import { mailboxForm } from '../../src/mailboxes/settings.ts'
import { openAdapter } from '../../src/open-adapter.ts'
import { fillMailbox, totalOf } from './mailbox-folders.ts'
import { type MailboxType, mailboxOf, registeredApp } from './organisation.ts'
import type { CallCount, SimulatorProcess } from './simulator-process.ts'

/** As `jobs/receive` asks for them. */
const LIMIT = { messages: 400, bytes: 32 * 1024 * 1024 }
const { signal } = new AbortController()

/**
 * What the mailbox is asked for when our adapter fetches these replies, which wait in its Inbox, and moves them to
 * Processed. Throws unless all were read and moved.
 */
export async function fetchAndSettle(
  simulator: SimulatorProcess,
  type: MailboxType,
  replies: Uint8Array[],
): Promise<CallCount[]> {
  const address = `${type}@contoso.example`
  await fillMailbox(simulator, address, replies)
  const form = checkMailboxForm(mailboxForm.parse(mailboxOf(simulator, type, address)))
  const parts = { log: createLog('error'), proxy: { url: simulator.http, exceptions: '' } }
  const mailbox = openAdapter(form.settings, registeredApp().clientSecret, parts)
  await simulator.control('DELETE', '/calls')
  try {
    const fetched = await receiveAll(mailbox)
    const moved = await totalOf(simulator, address, 'Inbox/Processed')
    if (fetched !== replies.length || moved !== replies.length) {
      throw new Error(`${type}: ${fetched} fetched and ${moved} moved of ${replies.length} messages`)
    }
    return await simulator.control<CallCount[]>('GET', '/calls')
  } finally {
    await mailbox.close()
  }
}

/** Page by page, each put aside before the next is asked for. Returns how many there were. */
async function receiveAll(mailbox: Mailbox): Promise<number> {
  const known = new Set<string>()
  let cursor: string | null = null
  for (let more = true; more; ) {
    const received = await mailbox.receive({
      cursor,
      startFrom: new Date(0),
      areOurs: async (heads) => heads.map(() => true),
      isKnown: async (ids) => new Set(ids.filter((id) => known.has(id))),
      limit: LIMIT,
      signal,
    })
    if (received.failed.length > 0) throw received.failed[0]?.error
    const ids = received.messages.map(({ providerId }) => providerId)
    for (const id of ids) known.add(id)
    const outcomes = await mailbox.settle(ids, 'move', signal)
    const error = outcomes.find((outcome) => outcome.error !== null)?.error
    if (error) throw error
    cursor = received.cursor
    more = received.more
  }
  return known.size
}
