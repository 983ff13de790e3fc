import type { IncomingHttpHeaders } from 'node:http'
import type { Mailbox } from '../mail/mailbox.ts'
import type { App, Tenant } from '../tenant.ts'
import type { World } from '../world.ts'

/** Who asks, and for which mailbox: what an operation works on. */
export interface Caller {
  world: World
  tenant: Tenant
  app: App
  /** The impersonated mailbox. */
  mailbox: Mailbox
  headers: IncomingHttpHeaders
  /** Sets a header of the answer, such as a cookie. */
  setHeader(name: string, value: string): void
}
