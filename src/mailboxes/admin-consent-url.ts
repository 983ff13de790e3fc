import type { MailboxSettings } from '../lib/mailbox-settings.ts'
import { applicationOf } from './application-of.ts'

/** What consent to `IMAP.AccessAsApp` is asked for (Microsoft Learn, "Authenticate an IMAP, POP or SMTP connection"). */
const IMAP_SCOPE = 'https://ps.outlook.com/.default'

/**
 * Where an administrator of the mailbox's tenant consents to the application, with all permissions of its registration
 * (https://learn.microsoft.com/entra/identity-platform/v2-admin-consent). Null for a mailbox that no application opens, and
 * where the access token URI is not in Entra's form.
 */
export function adminConsentUrl(settings: MailboxSettings): string | null {
  const application = applicationOf(settings)
  const { origin, pathname } = URL.parse(application?.tokenEndpoint ?? '') ?? {}
  const [, tenant] = /^\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(pathname ?? '') ?? []
  if (application === null || tenant === undefined) return null
  const isImapWorldwide = settings.type === 'imap-smtp' && settings.cloud === 'worldwide'
  const query = new URLSearchParams({
    client_id: application.clientId,
    scope: isImapWorldwide ? IMAP_SCOPE : application.scope,
  })
  return `${origin}/${tenant}/v2.0/adminconsent?${query}`
}
