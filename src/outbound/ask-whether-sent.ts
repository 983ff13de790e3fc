import type { Selectable } from 'kysely'
import { allSettled } from '../lib/all-settled.ts'
import type { MailboxSettings } from '../lib/mailbox-settings.ts'
import type { Context, Tx } from '../store/context.ts'
import type { OutboundMessageTable } from '../store/schema.ts'
import { updateEach } from '../store/update-each.ts'
import { replyTokenOf } from './load-mail-facts.ts'
import { messageIdOf } from './message-id-of.ts'
import { askingKinds } from './outbox.ts'

type Row = Pick<
  Selectable<OutboundMessageTable>,
  'id' | 'kind' | 'messageId' | 'sentAt' | 'actionId' | 'personId'
>

const MOST_AT_ONCE = 500

/**
 * Lets the mailbox be asked for every waiting mail before it goes out, because its database is older than the mailbox:
 * what waits in it may have been sent since, under the Message-ID that follows from its row. Returns how many there are.
 */
export async function askWhetherSent(
  tx: Tx,
  context: Omit<Context, 'db'>,
  mailbox: { id: string; settings: MailboxSettings },
): Promise<number> {
  const { id: mailboxId, settings } = mailbox
  const now = context.clock()

  async function messageIdFor(row: Row): Promise<string> {
    const { kind, actionId, personId } = row
    const isAnswered = askingKinds.includes(kind) && actionId !== null && personId !== null
    const token = isAnswered
      ? await replyTokenOf({ ...context, db: tx }, { actionId, personId, instance: settings.instance })
      : null
    return messageIdOf(row, { token, instance: settings.instance, address: settings.user })
  }

  for (let count = 0, after = ''; ; ) {
    const rows = await tx
      .selectFrom('outboundMessage')
      .select(['id', 'kind', 'messageId', 'sentAt', 'actionId', 'personId'])
      .where('mailboxId', '=', mailboxId)
      .where('state', '=', 'waiting')
      .$if(after !== '', (query) => query.where('id', '>', after))
      .orderBy('id')
      .limit(MOST_AT_ONCE)
      .execute()
    const last = rows.at(-1)
    if (!last) return count
    after = last.id
    const messageIds = await allSettled(rows.map((row) => messageIdFor(row)))
    const changes = rows.map(({ id }, index) => ({
      id,
      state: 'unknown' as const,
      messageId: messageIds[index] ?? null,
      sendingSince: now,
      nextAttemptAt: now,
      waitsFor: null,
    }))
    const asked = await updateEach(tx, 'outboundMessage', changes, { state: 'waiting' })
    await context.enqueue(
      tx,
      [...asked].map((id) => ({ name: 'send-outbound' as const, payload: { outboundMessageId: id } })),
    )
    count += asked.size
  }
}
