import { enterImap } from '../../exchange/enter-by-token.ts'
import { readXoauth2 } from '../../exchange/read-xoauth2.ts'
import { type Command, completed } from '../command.ts'
import { badArguments, ImapRefusal } from '../imap-refusal.ts'
import { textOf } from '../parse-arguments.ts'

const RESPONSE_LIMIT = 16 * 1024

/** XOAUTH2 in one line (SASL-IR, RFC 4959), or with the response in a line of its own. No other mechanism is offered. */
export const authenticate: Command = {
  needs: 'no login',
  async run({ world, session, args }) {
    const [mechanism, initial] = args
    if (args.length > 2) throw badArguments()
    if (textOf(mechanism).toUpperCase() !== 'XOAUTH2') throw new ImapRefusal('NO', 'AUTHENTICATE failed.')
    let response = initial && textOf(initial)
    if (response === undefined) {
      await session.connection.write('+ \r\n')
      const line = await session.connection.readLine(RESPONSE_LIMIT)
      if (!line) return null
      response = line.toString('latin1')
    }
    const credentials = readXoauth2(response)
    // A `*` of the client calls the login off (RFC 3501, section 6.2.2).
    if (credentials === 'malformed') throw badArguments()
    const entry = credentials === 'unreadable' ? null : enterImap(world, session, credentials)
    if (!entry) throw new ImapRefusal('NO', 'AUTHENTICATE failed.')
    session.mailbox = entry.mailbox
    session.isConnected = entry.isConnected
    return completed('AUTHENTICATE')
  },
}

/** Passwords are not taken (LOGINDISABLED). */
export const login: Command = {
  needs: 'no login',
  run() {
    throw new ImapRefusal('NO', 'LOGIN failed.')
  },
}
