import type { App, Tenant } from '../tenant.ts'

/** An app that has shown a good token. */
export interface Access {
  tenant: Tenant
  app: App
  /** The permissions that the token says it has consent for. */
  roles: string[]
}
