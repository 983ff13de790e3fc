import { userIdOf } from '../entra/access-token.ts'
import type { Mailbox } from '../mail/mailbox.ts'
import { listMailboxes, type World } from '../world.ts'
import type { Access } from './access.ts'
import { GraphError, graphErrors } from './graph-error.ts'

/** What an operation does with a mailbox. */
export type Need = 'read' | 'write' | 'send'

/** The permissions that are enough for each; Mail.ReadWrite does not include sending. */
const sufficient: Record<Need, string[]> = {
  read: ['Mail.Read', 'Mail.ReadWrite'],
  write: ['Mail.ReadWrite'],
  send: ['Mail.Send'],
}

/**
 * The mailbox of a user, named by object id or user principal name.
 * @throws GraphError 404 ErrorInvalidUser, 404 MailboxNotEnabledForRESTAPI
 */
export function findUser(world: World, { tenant }: Access, name: string): Mailbox {
  const wanted = name.toLowerCase()
  const mailbox =
    world.mailboxes.get(wanted) ??
    listMailboxes(world).find(({ address }) => userIdOf(tenant, address) === wanted)
  if (mailbox?.tenant !== tenant)
    throw new GraphError(404, 'ErrorInvalidUser', `The requested user '${name}' is invalid.`)
  if (!mailbox.graphEnabled || mailbox.tenant.exchangeServer) {
    throw new GraphError(
      404,
      'MailboxNotEnabledForRESTAPI',
      'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
    )
  }
  return mailbox
}

/**
 * Lets an app in by a role of RBAC for Applications in whose scope the mailbox is, which no token shows, or by its consent
 * within the application access policy; both ways add up.
 * @throws GraphError 403 ErrorAccessDenied
 */
export function checkPermission({ app, roles }: Access, { address }: Mailbox, need: Need): void {
  const wanted = sufficient[need]
  if (wanted.some((role) => app.rbacGraph[role]?.includes(address))) return
  if (!wanted.some((role) => roles.includes(role))) throw graphErrors.accessDenied()
  if (app.mailboxes && !app.mailboxes.includes(address)) {
    throw new GraphError(
      403,
      'ErrorAccessDenied',
      'Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.',
    )
  }
}
