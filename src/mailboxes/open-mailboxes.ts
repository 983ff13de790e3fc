import type { Selectable } from 'kysely'
import { AppError } from '../lib/app-error.ts'
import type { MailboxSettings } from '../lib/mailbox-settings.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import type { Context } from '../store/context.ts'
import type { MailboxTable } from '../store/schema.ts'
import { secretContext } from './save-mailbox.ts'

export type MailboxRow = Selectable<MailboxTable>

/** The secret half of a mailbox's settings. */
export interface MailboxSecrets {
  clientSecret: string
}

/** Makes the adapter of one mailbox type; `app.ts` hands these in. */
export type OpenAdapter = (settings: MailboxSettings, secrets: MailboxSecrets) => Mailbox

export type Adapters = Record<MailboxSettings['type'], OpenAdapter>

/** The open mailboxes of this process. */
export interface OpenMailboxes {
  /** The row and its adapter, opened anew when the settings changed. Throws `mailbox-not-found`. */
  open(mailboxId: string): Promise<{ row: MailboxRow; mailbox: Mailbox }>
  close(): Promise<void>
}

/**
 * Keeps one adapter per mailbox, so that its token, connections and folder ids are used again, and replaces it when
 * the settings were changed, by this process or another.
 */
export function openMailboxes(context: Context, adapters: Adapters): OpenMailboxes {
  const opened = new Map<string, { settings: string; secrets: string; mailbox: Mailbox }>()
  return {
    async open(mailboxId) {
      const row = await context.db
        .selectFrom('mailbox')
        .selectAll()
        .where('id', '=', mailboxId)
        .executeTakeFirst()
      if (!row) throw new AppError('mailbox-not-found', { mailbox: mailboxId })
      const settings = JSON.stringify(row.settings)
      const secrets = row.secrets?.toString('base64') ?? ''
      const known = opened.get(row.id)
      if (known && known.settings === settings && known.secrets === secrets) {
        return { row, mailbox: known.mailbox }
      }
      await known?.mailbox.close()
      const mailbox = adapters[row.settings.type](row.settings, openSecrets(context, row))
      opened.set(row.id, { settings, secrets, mailbox })
      return { row, mailbox }
    },
    async close() {
      await Promise.all([...opened.values()].map(({ mailbox }) => mailbox.close()))
      opened.clear()
    },
  }
}

function openSecrets(context: Context, row: MailboxRow): MailboxSecrets {
  if (!row.secrets) throw new AppError('invalid-settings', { mailbox: row.name })
  return JSON.parse(context.keys.open(row.secrets, secretContext(row.id)))
}
