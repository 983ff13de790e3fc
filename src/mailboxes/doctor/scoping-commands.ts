import type { MailboxSettings } from '../../lib/mailbox-settings.ts'

export interface ScopingFacts {
  type: MailboxSettings['type']
  clientId: string
  /** Object id of the service principal; null when the token did not tell. */
  servicePrincipalId: string | null
  /** The mailboxes that the application is for; the first is the one that is checked. */
  addresses: readonly string[]
  /** The mailbox that it must not open; null when none is known. */
  probe: string | null
}

/** Roles of RBAC for Applications, and the permissions of Entra that they take the place of. */
const rolesOf: Partial<Record<MailboxSettings['type'], { exchange: string[]; entra: string[] }>> = {
  'exchange-online-graph': {
    exchange: ['Application Mail.ReadWrite', 'Application Mail.Send'],
    entra: ['Mail.ReadWrite', 'Mail.Send'],
  },
  'exchange-online-ews': { exchange: ['Application EWS.AccessAsApp'], entra: ['full_access_as_app'] },
}

/** The application permissions of Entra that a mailbox of this type takes. */
export function entraRoles(type: MailboxSettings['type']): string[] {
  return rolesOf[type]?.entra ?? ['IMAP.AccessAsApp', 'SMTP.SendAsApp']
}

/** Over IMAP the permission opens nothing by itself: the commands that give the application each of its mailboxes. */
export function grantCommands({
  clientId,
  servicePrincipalId,
  addresses,
}: ScopingFacts): Record<string, string> {
  const principal = quote(servicePrincipalId ?? '<OBJECT-ID>')
  return {
    principal: newServicePrincipal(quote(clientId), principal),
    grant: addresses
      .map(
        (one) => `Add-MailboxPermission -Identity ${quote(one)} -User ${principal} -AccessRights FullAccess`,
      )
      .join('\n'),
  }
}

/**
 * The commands of Exchange Online PowerShell, ready to be pasted, after which the application opens its own mailboxes and no
 * other; as values for the texts below `doctor:scoping`, which say what each is for.
 * https://learn.microsoft.com/exchange/permissions-exo/application-rbac
 */
export function scopingCommands(facts: ScopingFacts): Record<string, string> {
  const { clientId, addresses, probe } = facts
  const app = quote(clientId)
  const principal = quote(facts.servicePrincipalId ?? '<OBJECT-ID>')
  const roles = rolesOf[facts.type]
  // Exchange has no role for IMAP: there each mailbox is given by itself.
  if (roles === undefined) {
    const mailbox = quote(probe ?? '<ADDRESS>')
    return {
      show: `Get-MailboxPermission -Identity ${mailbox} -User ${principal}`,
      remove: `Remove-MailboxPermission -Identity ${mailbox} -User ${principal} -AccessRights FullAccess`,
    }
  }
  // Of its own for each application: another one's scope of the same name would be taken, or its mailboxes be opened too.
  const scopeName = quote(`Countersign ${clientId}`)
  const filter = addresses.map((address) => `PrimarySmtpAddress -eq ${quote(address)}`).join(' -or ')
  const tested = [...addresses.slice(0, 1), probe ?? '<ADDRESS>']
  return {
    roles: roles.entra.join(', '),
    principal: newServicePrincipal(app, principal),
    scope: `New-ManagementScope -Name ${scopeName} -RecipientRestrictionFilter ${quote(filter)}`,
    assign: roles.exchange
      .map(
        (role) =>
          `New-ManagementRoleAssignment -App ${app} -Role ${quote(role)} -CustomResourceScope ${scopeName}`,
      )
      .join('\n'),
    test: tested
      .map((one) => `Test-ServicePrincipalAuthorization -Identity ${app} -Resource ${quote(one)}`)
      .join('\n'),
  }
}

const newServicePrincipal = (app: string, principal: string) =>
  `New-ServicePrincipal -AppId ${app} -ObjectId ${principal} -DisplayName 'Countersign'`

/** A literal string of PowerShell, to which every single quotation mark of Unicode is one (about_Quoting_Rules). */
function quote(value: string): string {
  return `'${value.replace(/['\u2018-\u201b]/g, '$&$&')}'`
}
