import type { Selectable } from 'kysely'
import { AppError } from '../lib/app-error.ts'
import type { MailboxSettings } from '../lib/mailbox-settings.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import type { Context } from '../store/context.ts'
import type { MailboxTable } from '../store/schema.ts'
import { openSecret } from './mailbox-secret.ts'

export type MailboxRow = Selectable<MailboxTable>

/** Makes the adapter for a mailbox, with its client secret or password; `app.ts` hands it in. */
export type OpenAdapter = (settings: MailboxSettings, secret: string) => Mailbox

/** The open mailboxes of this process. */
export interface OpenMailboxes {
  /** The mailbox as it is stored now. Throws `mailbox-not-found`. */
  load(mailboxId: string): Promise<MailboxRow>
  /** Its adapter, opened anew when the settings changed. Throws `MailError` for settings that no adapter takes. */
  open(row: MailboxRow): Promise<Mailbox>
  /**
   * An adapter of its own for a row, with nothing kept from before: no token, no connection; the settings may be such as the
   * mailbox has no more. Whoever opens it closes it. Throws like `open`.
   */
  openAnew(row: Pick<MailboxRow, 'id' | 'settings' | 'secrets'>): Mailbox
  close(): Promise<void>
}

/**
 * Keeps one adapter per mailbox, so that its token, connections and folder ids are used again, and replaces it when
 * the settings were changed, by this process or another.
 */
export function openMailboxes(context: Context, openAdapter: OpenAdapter): OpenMailboxes {
  const openAnew: OpenMailboxes['openAnew'] = (row) =>
    openAdapter(row.settings, openSecret(context.keys, row.id, row.settings, row.secrets))
  const opened = new Map<string, { settings: string; secrets: string; mailbox: Mailbox }>()
  return {
    openAnew,
    async load(mailboxId) {
      const row = await context.db
        .selectFrom('mailbox')
        .selectAll()
        .where('id', '=', mailboxId)
        .executeTakeFirst()
      if (!row) throw new AppError('mailbox-not-found', { mailbox: mailboxId })
      return row
    },
    async open(row) {
      const settings = JSON.stringify(row.settings)
      const secrets = row.secrets?.toString('base64') ?? ''
      const known = opened.get(row.id)
      if (known && known.settings === settings && known.secrets === secrets) return known.mailbox
      const mailbox = openAnew(row)
      // Before the old one is closed: whoever comes meanwhile gets the new one and closes nothing twice.
      opened.set(row.id, { settings, secrets, mailbox })
      await known?.mailbox.close()
      return mailbox
    },
    async close() {
      await Promise.all([...opened.values()].map(({ mailbox }) => mailbox.close()))
      opened.clear()
    },
  }
}
