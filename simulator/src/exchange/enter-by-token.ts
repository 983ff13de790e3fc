import { isUserToken } from '../entra/access-token.ts'
import { checkToken } from '../entra/check-token.ts'
import { isExchangeIn } from '../entra/clouds.ts'
import { countOthers, type Session } from '../line-protocol/session.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import type { App, Tenant } from '../tenant.ts'
import type { World } from '../world.ts'
import type { Xoauth2 } from './read-xoauth2.ts'

/** An app with a good token, and the mailbox of its organisation that it names. */
interface Guest {
  app: App
  tenant: Tenant
  mailbox: Mailbox
  roles: string[]
}

/** How IMAP takes an app: let in, let in to nothing (`User is authenticated but not connected.`), or not at all. */
export type ImapEntry = { mailbox: Mailbox; isConnected: boolean } | null

/**
 * IMAP: the permission IMAP.AccessAsApp by consent (there is no RBAC role), then in Exchange the service principal with
 * full access to the mailbox. Application access policies say nothing about IMAP.
 */
export function enterImap(world: World, session: Session, credentials: Xoauth2): ImapEntry {
  const guest = readGuest(world, credentials)
  if (!guest?.roles.includes('IMAP.AccessAsApp')) return null
  const { app, tenant, mailbox } = guest
  const isFull = isAtLimit(world, session, mailbox, tenant.imapConnections)
  return { mailbox, isConnected: mailbox.imapEnabled && hasFullAccess(app, mailbox) && !isFull }
}

/** How SMTP takes an app. */
export type SmtpEntry =
  | { mailbox: Mailbox }
  | 'refused'
  | 'disabled-for-tenant'
  | 'disabled-for-mailbox'
  | 'too-many-connections'

/**
 * SMTP: the RBAC role `Application SMTP.SendAsApp` with the mailbox in its scope, or the permission SMTP.SendAsApp by
 * consent, which makes Exchange look for the full access of the service principal. SMTP AUTH switched off shuts out tokens
 * as it does passwords.
 */
export function enterSmtp(world: World, session: Session, credentials: Xoauth2): SmtpEntry {
  const guest = readGuest(world, credentials)
  if (!guest) return 'refused'
  const { app, tenant, mailbox, roles } = guest
  const isInScope = app.rbacSmtp?.includes(mailbox.address) ?? false
  if (!isInScope && !(roles.includes('SMTP.SendAsApp') && hasFullAccess(app, mailbox))) return 'refused'
  if (mailbox.smtpAuthDisabled ?? tenant.smtpAuthDisabled)
    return mailbox.smtpAuthDisabled ? 'disabled-for-mailbox' : 'disabled-for-tenant'
  return isAtLimit(world, session, mailbox, tenant.smtpConnections) ? 'too-many-connections' : { mailbox }
}

function readGuest(world: World, { user, token }: Xoauth2): Guest | null {
  const checked = checkToken(world, token, isExchangeIn)
  if (typeof checked === 'string' || isUserToken(checked.claims)) return null
  const { claims, tenant, app } = checked
  const mailbox = world.mailboxes.get(user.toLowerCase())
  return mailbox?.tenant === tenant ? { app, tenant, mailbox, roles: claims.roles ?? [] } : null
}

function hasFullAccess({ isKnownToExchange, fullAccess }: App, { address }: Mailbox): boolean {
  return isKnownToExchange && (fullAccess === null || fullAccess.includes(address))
}

function isAtLimit(world: World, session: Session, mailbox: Mailbox, limit: number | null): boolean {
  return limit !== null && countOthers(world.sessions, session, mailbox) >= limit
}
