import type { CloudName } from './entra/clouds.ts'
import { defaultGraphSettings, type GraphSettings } from './graph/settings.ts'

/** A Microsoft 365 organisation as the token endpoint and Exchange see it. */
export interface Tenant {
  /** Directory (tenant) id, a GUID. */
  id: string
  displayName: string
  /** The Microsoft cloud that the organisation lives in: tokens are given out for its hosts alone. */
  cloud: CloudName
  /** Verified domains, lower-case; the first one is used for system senders. */
  domains: string[]
  apps: App[]
  /**
   * Exchange on the own premises in place of Exchange Online: EWS by HTTP Basic alone, with the end of EWS that does not
   * reach it. `domain` is the NetBIOS name, for `DOMAIN\user`.
   */
  exchangeServer: { domain: string } | null
  /** `Set-OrganizationConfig -EwsEnabled`: `null` leaves EWS open and the list of app ids without effect. */
  ewsEnabled: boolean | null
  /** `Set-OrganizationConfig -EwsAllowedAppIDs`; counts only while `ewsEnabled` is true. */
  allowedAppIds: string[]
  /** Microsoft's pages disagree on `true` with an empty list: does it block everything, or nothing? */
  emptyListBlocks: boolean
  /** `EwsApplicationAccessPolicy` over User-Agent; patterns may end in `*`. */
  userAgentPolicy: UserAgentPolicy | null
  /** Life of the access tokens given out, in seconds. */
  tokenLifetimeSeconds: number
  /** How far a client's clock may be off for its assertions, and a token's `nbf` for Exchange. */
  clockToleranceSeconds: number
  /** How far Exchange's clock is ahead of the token endpoint's when it looks at tokens; negative when behind. */
  exchangeClockAheadSeconds: number
  /** Real milliseconds every answer of EWS and of the token endpoint is held back. */
  roundTripMs: number
  /** Messages a mailbox may send in one minute; the excess waits in its Outbox. `null` lifts the limit. */
  messageRateLimit: number | null
  /** Seconds of the simulator's clock from a message's leaving until its copy shows in Sent Items; until then it is nowhere. */
  sentCopyDelaySeconds: number
  /** RecipientRateLimit: recipients a mailbox may write to in 24 hours; `null` lifts the limit. */
  recipientRateLimit: number | null
  /** `Set-TransportConfig -SmtpClientAuthenticationDisabled`; a mailbox may say otherwise. */
  smtpAuthDisabled: boolean
  /** Connections of SMTP that a mailbox may have at once; `null` lifts the limit. */
  smtpConnections: number | null
  /** The same of IMAP: one more is authenticated, but not connected. */
  imapConnections: number | null
  /** Seconds of the simulator's clock between two heartbeats of a streaming connection. */
  heartbeatSeconds: number
  /** Whether the root element of a streaming envelope is a bare `Envelope`: ews-javascript-api knows no other. */
  bareStreams: boolean
  /** Entries of a page of FindItem and FindFolder; a restricted one never has more than 250. */
  pageLimit: number
  /** EWSMaxConcurrency: calls in flight for one mailbox, streams aside; `null` lifts the limit. */
  concurrency: number | null
  /** The EWS budget of each mailbox, and how its end is said; `null`: endless. */
  throttling: Throttling | null
  graph: GraphSettings
}

/** ErrorServerBusy: a 503 of the queue in front, a SOAP fault, or within a 200 from the item on where the budget ended. */
export const busyForms = ['http', 'fault', 'response'] as const

interface Throttling {
  /** What the budget holds, and how fast it fills again. */
  itemsPerMinute: number
  as: (typeof busyForms)[number]
}

export const servicePrincipalStates = ['enabled', 'disabled', 'missing'] as const

/** An app registration with its service principal in the tenant. */
export interface App {
  /** Application (client) id, a GUID. */
  id: string
  secrets: Secret[]
  /** Application permissions with admin consent, such as `full_access_as_app`. */
  roles: string[]
  /** Application access policy: the only mailboxes the app may open, lower-case; `null` opens all. */
  mailboxes: string[] | null
  /**
   * RBAC for Applications: the mailboxes in scope of its role `Application EWS.AccessAsApp`, lower-case; `null`: none is
   * assigned. Entra knows nothing of it, so tokens have no `roles` for it.
   */
  rbacMailboxes: string[] | null
  /**
   * The same for Graph: the mailboxes in scope of `Application Mail.ReadWrite` and the like, by the name of the permission
   * alone, such as `Mail.ReadWrite`.
   */
  rbacGraph: Record<string, string[]>
  /** The same for `Application SMTP.SendAsApp`; there is no such role for IMAP. */
  rbacSmtp: string[] | null
  /** Whether `New-ServicePrincipal` has made it known to Exchange, which IMAP and SMTP need beside the consent. */
  isKnownToExchange: boolean
  /** `Add-MailboxPermission -AccessRights FullAccess`: the mailboxes that IMAP and SMTP open to it; `null`: all. */
  fullAccess: string[] | null
  /** Certificates (PEM) that client assertions may be signed with. */
  certificates: string[]
  /** Its enterprise application: usable, switched off by an administrator, or never made. */
  servicePrincipal: (typeof servicePrincipalStates)[number]
}

interface Secret {
  value: string
  /** ISO 8601, or `null` for a secret that does not end. */
  expiresAt: string | null
}

export interface UserAgentPolicy {
  mode: 'EnforceAllowList' | 'EnforceBlockList'
  patterns: string[]
}

/** What of a tenant a company file or `POST /_sim/tenant` may set. */
export type TenantSettings = Partial<Omit<Tenant, 'id' | 'apps' | 'graph'>> & {
  apps?: AppSettings[]
  graph?: Partial<GraphSettings>
}

/** An app as it is written down: without roles it has no consent, without mailboxes it may open all. */
export type AppSettings = Pick<App, 'id'> & Partial<App>

/** Adds an app, or changes the one with the same id. */
function setApp(tenant: Tenant, settings: AppSettings): void {
  let app = tenant.apps.find(({ id }) => id === settings.id)
  if (!app) {
    app = {
      id: settings.id,
      secrets: [],
      roles: [],
      mailboxes: null,
      rbacMailboxes: null,
      rbacGraph: {},
      rbacSmtp: null,
      isKnownToExchange: true,
      fullAccess: null,
      certificates: [],
      servicePrincipal: 'enabled',
    }
    tenant.apps.push(app)
  }
  Object.assign(app, settings)
  const lowerCase = (addresses: string[] | null) => addresses?.map((address) => address.toLowerCase()) ?? null
  app.mailboxes = lowerCase(app.mailboxes)
  app.rbacMailboxes = lowerCase(app.rbacMailboxes)
  app.rbacSmtp = lowerCase(app.rbacSmtp)
  app.fullAccess = lowerCase(app.fullAccess)
  app.rbacGraph = Object.fromEntries(
    Object.entries(app.rbacGraph).map(([role, addresses]) => [role, lowerCase(addresses) ?? []]),
  )
}

/** Applies settings to a tenant; apps that they do not name stay as they are. */
export function setTenant(tenant: Tenant, { apps = [], graph, ...settings }: TenantSettings): void {
  Object.assign(tenant, settings)
  Object.assign(tenant.graph, graph)
  tenant.domains = tenant.domains.map((domain) => domain.toLowerCase())
  for (const app of apps) setApp(tenant, app)
}

/** A tenant with Microsoft's defaults of 2026-11, changed by `settings`. */
export function createTenant(id: string, settings: TenantSettings): Tenant {
  const tenant: Tenant = {
    id,
    displayName: 'Contoso',
    cloud: 'global',
    domains: [],
    apps: [],
    exchangeServer: null,
    ewsEnabled: null,
    allowedAppIds: [],
    emptyListBlocks: true,
    userAgentPolicy: null,
    tokenLifetimeSeconds: 3599,
    clockToleranceSeconds: 300,
    exchangeClockAheadSeconds: 0,
    roundTripMs: 0,
    messageRateLimit: 30,
    sentCopyDelaySeconds: 0,
    recipientRateLimit: 10_000,
    smtpAuthDisabled: false,
    smtpConnections: 3,
    imapConnections: 20,
    heartbeatSeconds: 30,
    bareStreams: false,
    pageLimit: 1000,
    concurrency: 27,
    throttling: null,
    graph: { ...defaultGraphSettings },
  }
  setTenant(tenant, settings)
  return tenant
}
