import type { Mailbox } from '../mail/mailbox.ts'
import type { Tenant, UserAgentPolicy } from '../tenant.ts'
import { type HttpRefusal, refuseByPolicy } from './http-refusal.ts'

const DISABLED = 'EWS is disabled for this user or tenant'
const BLOCKED = 'EWS is blocked by policy for this user or tenant'

/** What an organisation's policies refuse; the second reason covers app ids and user agents. A user by password has no app. */
export function refuseTenant(tenant: Tenant, appId: string | null, userAgent: string): HttpRefusal | null {
  const passes = passesUserAgent(tenant.userAgentPolicy, userAgent)
  // The end of EWS is one of Exchange Online; the policy of user agents is as old as EWS.
  if (tenant.exchangeServer) return passes ? null : { status: 403, headers: {} }
  if (tenant.ewsEnabled === false) return refuseByPolicy(DISABLED)
  const listCounts = tenant.ewsEnabled === true && (tenant.allowedAppIds.length > 0 || tenant.emptyListBlocks)
  const isListed = tenant.allowedAppIds.some((id) => id.toLowerCase() === appId?.toLowerCase())
  return (listCounts && !isListed) || !passes ? refuseByPolicy(BLOCKED) : null
}

/** A mailbox whose licence carries no EWS right is shut like a tenant that has switched EWS off. */
export function refuseMailbox({ ewsEnabled, tenant }: Mailbox): HttpRefusal | null {
  if (ewsEnabled) return null
  return tenant?.exchangeServer ? { status: 403, headers: {} } : refuseByPolicy(DISABLED)
}

export function passesUserAgent(policy: UserAgentPolicy | null, userAgent: string): boolean {
  if (!policy) return true
  const isListed = policy.patterns.some((pattern) =>
    pattern.endsWith('*') ? userAgent.startsWith(pattern.slice(0, -1)) : userAgent === pattern,
  )
  return policy.mode === 'EnforceAllowList' ? isListed : !isListed
}
