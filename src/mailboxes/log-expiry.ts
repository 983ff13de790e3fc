import type { Context } from '../store/context.ts'
import { expiryWarning } from './expiry-warning.ts'

/** Warns in the log of each secret and certificate that ends soon or has ended. For once a day. */
export async function logExpiry({ db, clock, log }: Context): Promise<void> {
  const rows = await db.selectFrom('mailbox').select(['name', 'state', 'settings']).orderBy('name').execute()
  for (const row of rows) {
    const warning = expiryWarning(row, clock())
    if (warning === null) continue
    const { code, credential, expiresAt, daysLeft } = warning
    log[code === 'credential-expired' ? 'error' : 'warn'](
      { mailbox: row.name, code, credential, expiresAt, daysLeft },
      'the credential of a mailbox has to be renewed',
    )
  }
}
