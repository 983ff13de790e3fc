import { type Command, completed } from '../command.ts'
import { badArguments, ImapRefusal } from '../imap-refusal.ts'
import { tellChanges } from '../view.ts'

const LINE_LIMIT = 1024

/** RFC 2177: changes are told at once until the client says DONE, or the connection's time is over. */
export const idle: Command = {
  needs: 'login',
  async run({ session, args, answer }) {
    if (args.length > 0) throw badArguments()
    const { view, connection } = session
    const tell = () => {
      if (view) tellChanges(view, answer, true)
      void answer.flush()
    }
    await connection.write('+ IDLE accepted, awaiting DONE command.\r\n')
    tell()
    if (view) view.onTouch = tell
    const line = await connection.readLine(LINE_LIMIT)
    if (view) view.onTouch = null
    if (!line) return null
    if (!/^DONE$/i.test(line.toString('latin1'))) throw new ImapRefusal('BAD', 'Command Error. 12')
    return completed('IDLE')
  },
}
