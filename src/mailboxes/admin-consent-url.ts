import type {
  ExchangeOnlineSettings,
  ImapSmtpSettings,
  MailboxSettings,
  OAuthSettings,
} from '../lib/mailbox-settings.ts'
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
  if (application === null || !('cloud' in settings)) return null
  return consentUrl({ type: settings.type, cloud: settings.cloud, application })
}

/** The same for an application that no mailbox may have yet. */
export function consentUrl({
  type,
  cloud,
  application,
}: Pick<ExchangeOnlineSettings | ImapSmtpSettings, 'type' | 'cloud'> & {
  application: Pick<OAuthSettings, 'clientId' | 'scope' | 'tokenEndpoint'>
}): string | null {
  const { origin, pathname } = URL.parse(application.tokenEndpoint) ?? {}
  const [, tenant] = /^\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(pathname ?? '') ?? []
  if (tenant === undefined) return null
  const isImapWorldwide = type === 'imap-smtp' && cloud === 'worldwide'
  const query = new URLSearchParams({
    client_id: application.clientId,
    scope: isImapWorldwide ? IMAP_SCOPE : application.scope,
  })
  return `${origin}/${tenant}/v2.0/adminconsent?${query}`
}
