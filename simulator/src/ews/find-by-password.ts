import type { Mailbox } from '../mail/mailbox.ts'
import { findByAccount, type World } from '../world.ts'

/**
 * The mailbox whose owner HTTP Basic names (RFC 7617, in UTF-8), or `null` for a wrong password and for a mailbox without
 * one. The user is an address; at an Exchange Server it may be `DOMAIN\user` too.
 */
export function findByPassword(world: World, credentials: string): Mailbox | null {
  const [, name = '', password = ''] =
    /^([^:]*):([\s\S]*)$/.exec(Buffer.from(credentials, 'base64').toString()) ?? []
  const user = world.mailboxes.get(name.toLowerCase()) ?? findByAccount(world, name)
  return user?.tenant && user.password !== null && user.password === password ? user : null
}
