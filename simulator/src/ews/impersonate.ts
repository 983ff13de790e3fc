import type { Mailbox } from '../mail/mailbox.ts'
import type { App, Tenant } from '../tenant.ts'
import type { World } from '../world.ts'
import { EwsError } from './ews-error.ts'
import { childNamed, childrenOf, localName, type XmlElement } from './xml-element.ts'

/**
 * The mailbox an app-only request speaks for.
 * @throws EwsError ErrorInvalidExchangeImpersonationHeaderData, ErrorNonExistentMailbox, ErrorNonPrimarySmtpAddress,
 * ErrorAccessDenied when the application access policy leaves the mailbox out
 */
export function impersonate(world: World, tenant: Tenant, app: App, header: XmlElement | undefined): Mailbox {
  const impersonation = header && childNamed(header, 't:ExchangeImpersonation')
  const [sid] = impersonation ? childrenOf(impersonation, 't:ConnectingSID') : []
  if (!sid) throw new EwsError('ErrorInvalidExchangeImpersonationHeaderData')
  const address = sid.text.trim()
  const mailbox = world.mailboxes.get(address.toLowerCase())
  if (!mailbox || mailbox.tenant !== tenant)
    throw new EwsError('ErrorNonExistentMailbox', { SmtpAddress: address })
  if (localName(sid) === 'PrimarySmtpAddress' && mailbox.address !== address.toLowerCase()) {
    throw new EwsError('ErrorNonPrimarySmtpAddress', { Primary: mailbox.address })
  }
  if (app.mailboxes && !app.mailboxes.includes(mailbox.address)) throw new EwsError('ErrorAccessDenied')
  return mailbox
}
