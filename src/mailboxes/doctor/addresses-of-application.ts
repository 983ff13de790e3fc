import type { OAuthSettings } from '../../lib/mailbox-settings.ts'
import type { Context } from '../../store/context.ts'
import { applicationOf } from '../application-of.ts'

/**
 * The mailboxes of this installation that an application opens in one tenant: all of them are to stay open when it is limited
 * there. Those of other tenants mean nothing to that one, and are none of its administrators' business.
 */
export async function addressesOfApplication(
  db: Context['db'],
  { clientId, tokenEndpoint }: Pick<OAuthSettings, 'clientId' | 'tokenEndpoint'>,
): Promise<string[]> {
  const rows = await db.selectFrom('mailbox').select('settings').orderBy('name').execute()
  return rows.flatMap(({ settings }) => {
    const other = applicationOf(settings)
    return other?.clientId === clientId && other.tokenEndpoint === tokenEndpoint ? settings.user : []
  })
}
