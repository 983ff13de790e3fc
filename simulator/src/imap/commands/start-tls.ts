import type { Command } from '../command.ts'
import { ImapRefusal } from '../imap-refusal.ts'

/** The handshake begins behind the answer, which the session sends before it calls `startTls` of its connection. */
export const startTls: Command = {
  needs: 'no login',
  run({ session, args }) {
    if (session.connection.isSecure() || args.length > 0)
      throw new ImapRefusal('BAD', 'Command received in Invalid state.')
    return { text: 'OK Begin TLS negotiation now.' }
  },
}
