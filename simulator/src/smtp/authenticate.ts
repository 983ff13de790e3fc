import { enterSmtp } from '../exchange/enter-by-token.ts'
import { readXoauth2 } from '../exchange/read-xoauth2.ts'
import type { World } from '../world.ts'
import { loginReplies, replies } from './replies.ts'
import type { SmtpSession } from './session.ts'

const RESPONSE_LIMIT = 16 * 1024

/**
 * AUTH (RFC 4954): XOAUTH2, in one line or with the response behind `334`. LOGIN is offered, as by Exchange, and refused
 * when its dialogue is over. `null`: the client has gone.
 */
export async function authenticate(world: World, session: SmtpSession, args: string): Promise<string | null> {
  const [mechanism = '', initial, ...more] = args.split(' ')
  if (more.length > 0) return replies.badArguments
  if (session.mailbox || session.transaction || session.greeted === null) return replies.badSequence
  if (session.needsTls && !session.connection.isSecure()) return replies.needsTls
  if (/^login$/i.test(mechanism)) return await refusePassword(session, initial)
  if (!/^xoauth2$/i.test(mechanism)) return replies.unknownMechanism
  const response = initial ?? (await ask(session, ''))
  if (response === null) return null
  const credentials = readXoauth2(response)
  // A `*` of the client calls the login off (RFC 4954, section 4).
  if (credentials === 'malformed') return replies.badArguments
  const entry = credentials === 'unreadable' ? 'refused' : enterSmtp(world, session, credentials)
  if (typeof entry === 'string') return loginReplies[entry]
  session.mailbox = entry.mailbox
  return replies.loggedIn
}

async function refusePassword(session: SmtpSession, initial: string | undefined): Promise<string | null> {
  if (initial === undefined && (await ask(session, 'Username:')) === null) return null
  if ((await ask(session, 'Password:')) === null) return null
  return replies.basicRefused
}

async function ask({ connection }: SmtpSession, question: string): Promise<string | null> {
  await connection.write(`334 ${Buffer.from(question).toString('base64')}\r\n`)
  return (await connection.readLine(RESPONSE_LIMIT))?.toString('latin1') ?? null
}
