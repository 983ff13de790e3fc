import type { Cloud } from '../lib/clouds.ts'
import { type Locale, translator } from '../lib/translate.ts'
import { consentUrl } from './admin-consent-url.ts'
import { presetsOf } from './cloud-presets.ts'
import { entraRoles, grantCommands, type ScopingFacts, scopingCommands } from './doctor/scoping-commands.ts'

/** What an administrator knows so far of what they set up; null where they do not know yet. */
export interface SetUp {
  type: 'exchange-online-graph' | 'exchange-online-ews' | 'imap-smtp'
  cloud: Cloud
  clientId: string | null
  tokenEndpoint: string | null
  /** The mailboxes that the application is for. */
  addresses: readonly string[]
  /** Object ID of the enterprise application. */
  objectId: string | null
  /** A mailbox that must stay shut. */
  probe: string | null
}

/** What the setup guide has to be filled in or pasted for it. */
export interface SetupValues {
  host: string
  scope: string
  permissions: { api: string; names: string[] }
  /** Where an administrator consents; null while the application or the tenant is not known. */
  adminConsentUrl: string | null
  /** For Exchange Online PowerShell, with comments; what is not known stands in angle brackets. */
  commands: string
}

/** Values, permissions and commands for this mailbox, in the reader's language. */
export function setupValues(setUp: SetUp, locale: Locale): SetupValues {
  const { type, cloud, clientId, tokenEndpoint } = setUp
  const presets = presetsOf(cloud)
  const { host, scope } = type === 'exchange-online-graph' ? presets.graph : presets.exchange
  return {
    host,
    scope,
    permissions: {
      api: type === 'exchange-online-graph' ? 'Microsoft Graph' : 'Office 365 Exchange Online',
      names: entraRoles(type),
    },
    adminConsentUrl:
      clientId === null || tokenEndpoint === null
        ? null
        : consentUrl({ type, cloud, application: { clientId, scope, tokenEndpoint } }),
    commands: commandsFor(setUp, locale),
  }
}

function commandsFor({ type, clientId, objectId, addresses, probe }: SetUp, locale: Locale): string {
  const facts: ScopingFacts = {
    type,
    clientId: clientId ?? '<APPLICATION-ID>',
    servicePrincipalId: objectId,
    addresses: addresses.length === 0 ? ['<MAILBOX>'] : addresses,
    probe,
  }
  const text = translator(locale)
  return type === 'imap-smtp'
    ? text('doctor:scoping.imap', grantCommands(facts))
    : text('doctor:scoping.rbac', scopingCommands(facts))
}
