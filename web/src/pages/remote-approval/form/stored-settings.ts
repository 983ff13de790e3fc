import type { components } from '../../../api/schema.ts'
import type { MailboxType } from '../mailboxes.ts'

type Cloud = 'worldwide' | 'us-gov-l4' | 'us-gov-l5' | 'china'

interface StoredServer {
  host: string
  port: number
  security: 'ssl' | 'starttls'
}

interface StoredApplication {
  clientId: string
  clientSecretExpiresOn: string | null
  certificate: { subject: string; expiresAt: string } | null
  scope: string
  tokenEndpoint: string
}

/** The settings of a mailbox as the API gives them; which of the optional ones there are depends on the type. */
export interface StoredSettings extends Partial<StoredApplication> {
  type: MailboxType
  cloud?: Cloud | null
  host?: string
  imap?: StoredServer
  smtp?: StoredServer
  saveSent?: boolean
  signInName?: string
  trustInternalMark?: boolean
  oauth?: StoredApplication | null
  extraCa: string | null
  defaultReplyTo: string
  user: string
  displayName: string
  userAgent: string
  pollIntervalSeconds: number
  settleMode: 'move' | 'mark-read' | 'delete'
  watchJunk: boolean
  sendConfirmations: boolean
  messagesPerMinute: number
  recipientsPerDay: number
  plusAddressing: boolean
  probeAddress: string | null
  keepMessagesDays: number | null
  maxMessageBytes: number
  redirectAllTo: string | null
  instance: string
  timeZone: string
}

/** The OpenAPI document leaves the settings open; these are their shapes. */
export function storedSettings({
  settings,
}: Pick<components['schemas']['Mailbox'], 'settings'>): StoredSettings {
  return settings as unknown as StoredSettings
}

/** The application that opens the mailbox; null where it is a password. */
export function storedApplication(settings: StoredSettings): StoredApplication | null {
  if (settings.type === 'imap-smtp') return settings.oauth ?? null
  const { clientId, scope, tokenEndpoint, clientSecretExpiresOn = null, certificate = null } = settings
  if (clientId === undefined || scope === undefined || tokenEndpoint === undefined) return null
  return { clientId, scope, tokenEndpoint, clientSecretExpiresOn, certificate }
}
