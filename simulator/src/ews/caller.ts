import type { IncomingHttpHeaders } from 'node:http'
import type { Mailbox } from '../mail/mailbox.ts'
import type { Tenant } from '../tenant.ts'
import type { World } from '../world.ts'

/** Who asks, and for which mailbox: what an operation works on. */
export interface Caller {
  world: World
  tenant: Tenant
  /** The impersonated mailbox, or the one of the user who asks. */
  mailbox: Mailbox
  headers: IncomingHttpHeaders
  /** Sets a header of the answer, such as a cookie. */
  setHeader(name: string, value: string): void
}
