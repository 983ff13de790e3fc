/** A Microsoft 365 organisation as the token endpoint and Exchange see it. */
export interface Tenant {
  /** Directory (tenant) id, a GUID. */
  id: string
  displayName: string
  /** Verified domains, lower-case; the first one is used for system senders. */
  domains: string[]
  apps: App[]
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
  /** Real milliseconds every answer of EWS and of the token endpoint is held back. */
  roundTripMs: number
  /** Messages a mailbox may send in one minute; the excess waits in its Outbox. `null` lifts the limit. */
  messageRateLimit: number | null
  /** Seconds of the simulator's clock between two heartbeats of a streaming connection. */
  heartbeatSeconds: number
}

/** An app registration with its service principal in the tenant. */
export interface App {
  /** Application (client) id, a GUID. */
  id: string
  secrets: Secret[]
  /** Application permissions with admin consent, such as `full_access_as_app`. */
  roles: string[]
  /** Application access policy: the only mailboxes the app may open, lower-case; `null` opens all. */
  mailboxes: string[] | null
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
export type TenantSettings = Partial<Omit<Tenant, 'id' | 'apps'>> & { apps?: AppSettings[] }

/** An app as it is written down: without roles it has no consent, without mailboxes it may open all. */
export type AppSettings = Pick<App, 'id'> & Partial<App>

/** Adds an app, or changes the one with the same id. */
function setApp(tenant: Tenant, settings: AppSettings): void {
  let app = tenant.apps.find(({ id }) => id === settings.id)
  if (!app) {
    app = { id: settings.id, secrets: [], roles: [], mailboxes: null }
    tenant.apps.push(app)
  }
  Object.assign(app, settings)
  app.mailboxes = app.mailboxes?.map((address) => address.toLowerCase()) ?? null
}

/** Applies settings to a tenant; apps that they do not name stay as they are. */
export function setTenant(tenant: Tenant, { apps = [], ...settings }: TenantSettings): void {
  Object.assign(tenant, settings)
  tenant.domains = tenant.domains.map((domain) => domain.toLowerCase())
  for (const app of apps) setApp(tenant, app)
}

/** A tenant with Microsoft's defaults of 2026-11, changed by `settings`. */
export function createTenant(id: string, settings: TenantSettings): Tenant {
  const tenant: Tenant = {
    id,
    displayName: 'Contoso',
    domains: [],
    apps: [],
    ewsEnabled: null,
    allowedAppIds: [],
    emptyListBlocks: true,
    userAgentPolicy: null,
    tokenLifetimeSeconds: 3599,
    roundTripMs: 0,
    messageRateLimit: 30,
    heartbeatSeconds: 30,
  }
  setTenant(tenant, settings)
  return tenant
}
