/** What those work with and on who keep subscriptions. Types only. */
import type { Selectable } from 'kysely'
import type { Context } from '../../store/context.ts'
import type { MailboxPushTable } from '../../store/schema.ts'
import type { OpenMailboxes } from '../open-mailboxes.ts'

export interface PushParts {
  context: Context
  mailboxes: OpenMailboxes
  /** Null when no provider reaches us: then no mailbox has a subscription. */
  publicUrl: string | null
}

export type PushRow = Selectable<MailboxPushTable>

/** The subscription that the provider has as far as we know. */
export type Held = {
  [Key in 'providerId' | 'clientStateHash' | 'target' | 'expiresAt' | 'settings']: NonNullable<PushRow[Key]>
} & Pick<PushRow, 'secrets'>
