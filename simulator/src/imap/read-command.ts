import type { Connection } from '../line-protocol/connection.ts'
import { MESSAGE_SIZE_LIMIT } from '../mail/submit.ts'
import { badArguments, ImapRefusal } from './imap-refusal.ts'
import { type Argument, LITERAL_MARK, parseArguments } from './parse-arguments.ts'

/** A command as it came. */
export interface CommandLine {
  tag: string
  /** In upper case; of `UID FETCH` both words. */
  name: string
  args: Argument[]
  /** Octets of the command, its literals among them. */
  octets: number
}

/** A command that could not be read; `tag` is `*` when there was none. */
export interface UnreadableCommand {
  tag: string
  refusal: ImapRefusal
  octets: number
  /** What the client sends next cannot be told from the rest of this. */
  isLost: boolean
}

const TAG = /^[!#$&',-[\]^-z|}~]{1,64}(?= )/
const COMMAND = /^([!#$&',-[\]^-z|}~]{1,64}) ((?:UID )?[A-Z]+)(?= |$)/i
const TEXT_LIMIT = 64 * 1024
const LITERAL_LIMIT = 64 * 1024
const LITERALS_LIMIT = 100

/**
 * Reads the next command with its literals (RFC 3501, section 4.3; LITERAL+ of RFC 7888), or `null` when the client has
 * gone.
 * @param mayAppend whether a message may come as a literal
 */
export async function readCommand(
  connection: Connection,
  mayAppend: boolean,
): Promise<CommandLine | UnreadableCommand | null> {
  let text = ''
  let octets = 0
  const literals: Buffer[] = []
  const unreadable = (refusal: ImapRefusal, isLost = false): UnreadableCommand => ({
    tag: TAG.exec(text)?.[0] ?? '*',
    refusal,
    octets,
    isLost,
  })
  for (;;) {
    const line = await connection.readLine(TEXT_LIMIT - text.length)
    if (!line) return null
    octets += line.length + 2
    if (line.includes(0)) return unreadable(badArguments())
    text += line.toString('latin1')
    const [announced, digits, plus] = /\{(\d{1,10})(\+?)\}$/.exec(text) ?? []
    if (announced === undefined) break
    const size = Number(digits)
    const limit = mayAppend && /^\S+ APPEND /i.test(text) ? MESSAGE_SIZE_LIMIT : LITERAL_LIMIT
    if (size > limit || literals.length === LITERALS_LIMIT) {
      // Without LITERAL+ the client waits to be asked for the octets, and goes on with another command.
      return unreadable(new ImapRefusal('NO', 'Message size exceeds the maximum allowed.'), plus === '+')
    }
    if (plus === '') await connection.write('+ Ready for additional command text.\r\n')
    const literal = await connection.readOctets(size)
    if (!literal) return null
    octets += size
    text = `${text.slice(0, -announced.length)}${literals.length}${LITERAL_MARK}`
    literals.push(literal)
  }
  const [whole, tag, verb] = COMMAND.exec(text) ?? []
  if (whole === undefined || tag === undefined || verb === undefined)
    return unreadable(new ImapRefusal('BAD', 'Command Error. 12'))
  try {
    return { tag, name: verb.toUpperCase(), args: parseArguments(text.slice(whole.length), literals), octets }
  } catch (error) {
    if (error instanceof ImapRefusal) return unreadable(error)
    throw error
  }
}
