import { sql } from 'kysely'
import { AppError } from '../lib/app-error.ts'
import type { Tx } from '../store/context.ts'
import type { MailboxRow } from './open-mailboxes.ts'

/**
 * Throws `instance-in-use` while people may answer approval e-mails that bear the mailbox's instance: under another one
 * their answers would be left alone. In test mode they all went to the test address, and nobody is missed.
 */
export async function refuseChangeOfInstance(tx: Tx, { id, name, settings }: MailboxRow): Promise<void> {
  const { instance, redirectAllTo } = settings
  if (redirectAllTo !== null) return
  const { rows } = await sql<{ actions: number }>`
    select count(distinct action.id) as actions
    from action join outbound_message on outbound_message.action_id = action.id
    where action.status = 'open' and outbound_message.mailbox_id = ${id}
      and exists (select from reply_token where reply_token.action_id = action.id and instance = ${instance})
  `.execute(tx)
  const actions = Number(rows[0]?.actions)
  if (actions > 0) throw new AppError('instance-in-use', { mailbox: name, instance, actions: `${actions}` })
}
