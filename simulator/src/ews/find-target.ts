import type { Mailbox } from '../mail/mailbox.ts'
import type { Tenant } from '../tenant.ts'
import type { World } from '../world.ts'
import type { Access } from './authorise.ts'
import { EwsError } from './ews-error.ts'
import { childNamed, childrenOf, localName, type XmlElement } from './xml-element.ts'

/**
 * The mailbox that a request is about: the impersonated one, or the asking user's own.
 * @throws EwsError ErrorInvalidExchangeImpersonationHeaderData when an app impersonates nobody, ErrorNonExistentMailbox,
 * ErrorNonPrimarySmtpAddress, ErrorAccessDenied when the application access policy leaves the mailbox out,
 * ErrorImpersonateUserDenied for who may not impersonate it
 */
export function findTarget(world: World, access: Access, header: XmlElement | undefined): Mailbox {
  const impersonation = header && childNamed(header, 't:ExchangeImpersonation')
  const [sid] = impersonation ? childrenOf(impersonation, 't:ConnectingSID') : []
  if ('user' in access) {
    // A user needs the role ApplicationImpersonation for others; nobody has it here.
    if (sid && findImpersonated(world, access.tenant, sid) !== access.user)
      throw new EwsError('ErrorImpersonateUserDenied')
    return access.user
  }
  if (!sid) throw new EwsError('ErrorInvalidExchangeImpersonationHeaderData')
  const mailbox = findImpersonated(world, access.tenant, sid)
  const { app, hasConsent } = access
  // Both ways to permission add up: a role that is scoped does not narrow a consent for every mailbox.
  if (app.rbacMailboxes?.includes(mailbox.address)) return mailbox
  if (!hasConsent) throw new EwsError('ErrorImpersonateUserDenied')
  if (app.mailboxes && !app.mailboxes.includes(mailbox.address)) throw new EwsError('ErrorAccessDenied')
  return mailbox
}

function findImpersonated(world: World, tenant: Tenant, sid: XmlElement): Mailbox {
  const address = sid.text.trim()
  const mailbox = world.mailboxes.get(address.toLowerCase())
  if (!mailbox || mailbox.tenant !== tenant)
    throw new EwsError('ErrorNonExistentMailbox', { SmtpAddress: address })
  if (localName(sid) === 'PrimarySmtpAddress' && mailbox.address !== address.toLowerCase()) {
    throw new EwsError('ErrorNonPrimarySmtpAddress', { Primary: mailbox.address })
  }
  return mailbox
}
