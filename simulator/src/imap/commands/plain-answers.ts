import { type Command, completed } from '../command.ts'

/** The commands that ask for nothing of a folder. */

/** What has changed is told at the end of every command. */
export const noop: Command = { needs: 'nothing', run: () => completed('NOOP') }

export const check: Command = { needs: 'folder', run: () => completed('CHECK') }

export const logout: Command = {
  needs: 'nothing',
  run({ answer }) {
    answer.untagged('BYE Microsoft Exchange Server IMAP4 server signing off.')
    return completed('LOGOUT')
  },
}

/** RFC 2971. */
export const id: Command = {
  needs: 'nothing',
  run({ answer }) {
    answer.untagged('ID ("name" "Microsoft.Exchange.Imap4.Imap4Server" "version" "15.20")')
    return completed('ID')
  },
}

/** RFC 2342: the own folders, and nobody else's. */
export const namespace: Command = {
  needs: 'login',
  run({ answer }) {
    answer.untagged('NAMESPACE (("" "/")) NIL NIL')
    return completed('NAMESPACE')
  },
}
