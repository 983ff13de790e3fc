import type { World } from '../world.ts'
import type { Access } from './authorise.ts'
import type { HttpRefusal } from './http-refusal.ts'
import type { SoapRequest } from './soap-request.ts'
import { childNamed, childrenOf } from './xml-element.ts'

/** A call on its way. */
export interface Flight {
  /** Whether more calls for its mailbox were on their way than EWSMaxConcurrency allows. */
  isCrowded: boolean
  land(): void
}

/** Counts a call as in flight for the mailbox it names, which need not be there. */
export function takeOff(world: World, access: Access | HttpRefusal, soap: SoapRequest | Error): Flight {
  if (!('tenant' in access)) return { isCrowded: false, land: () => {} }
  const name = 'user' in access ? access.user.address : impersonatedName(soap)
  const others = world.inFlight.get(name) ?? 0
  world.inFlight.set(name, others + 1)
  world.mostInFlight.set(name, Math.max(world.mostInFlight.get(name) ?? 0, others + 1))
  const { concurrency } = access.tenant
  return {
    isCrowded: concurrency !== null && others >= concurrency,
    land() {
      const left = (world.inFlight.get(name) ?? 1) - 1
      if (left > 0) world.inFlight.set(name, left)
      else world.inFlight.delete(name)
    },
  }
}

function impersonatedName(soap: SoapRequest | Error): string {
  const header = 'operation' in soap ? soap.header : undefined
  const impersonation = header && childNamed(header, 't:ExchangeImpersonation')
  const [sid] = impersonation ? childrenOf(impersonation, 't:ConnectingSID') : []
  return sid?.text.trim().toLowerCase() ?? ''
}
