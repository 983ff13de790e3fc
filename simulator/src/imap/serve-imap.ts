import { delayFault } from '../http/answer-fault.ts'
import { transmissionOf } from '../http/transmission.ts'
import { LineTooLong } from '../line-protocol/byte-source.ts'
import type { Connection } from '../line-protocol/connection.ts'
import { laidReply } from '../line-protocol/laid-reply.ts'
import { MailRefused } from '../mail/mail-refused.ts'
import { firstTenant, type World } from '../world.ts'
import { type Answer, createAnswer } from './answer.ts'
import type { Call, Command, Completion } from './command.ts'
import { closeView } from './commands/select.ts'
import { findCommand, GREETING } from './commands.ts'
import { ImapRefusal } from './imap-refusal.ts'
import { type CommandLine, readCommand } from './read-command.ts'
import type { ImapSession } from './session.ts'
import { tellChanges } from './view.ts'

/** A connection that says nothing for so long is closed, one that idles too. */
const IDLE_LIMIT = 30 * 60_000
const UNREADABLE = 'IMAP Unreadable'

/** Serves a client that has connected until one of the two ends it. */
export async function serveImap(world: World, connection: Connection): Promise<void> {
  const session: ImapSession = {
    protocol: 'imap',
    connection,
    mailbox: null,
    isConnected: false,
    view: null,
    cut: connection.cut,
  }
  world.sessions.add(session)
  try {
    let isOpen = await greet(world, connection)
    while (isOpen) isOpen = await serveCommand(world, session)
  } finally {
    closeView(session)
    world.sessions.delete(session)
  }
}

async function greet(world: World, connection: Connection): Promise<boolean> {
  const fault = world.faults.take(GREETING)
  await delayFault(fault, firstTenant(world).roundTripMs)
  const laid = laidReply(fault)
  const text = laid ?? `OK The Microsoft Exchange IMAP4 service is ready. [${servedBy}]`
  const isCut = fault === 'cut' || fault === 'cutAfter'
  world.calls.record(GREETING, { items: 0, requestBytes: 0, bytes: isCut ? 0 : text.length + 4 })
  if (!isCut) await connection.write(`* ${text}\r\n`)
  return !isCut && laid === null
}

/** The name of the server that answers, in UTF-16 and base64 as Exchange Online gives it. */
const servedBy = Buffer.from('AM0PR0102CA0042.EURPRD01.PROD.EXCHANGELABS.COM', 'utf16le').toString('base64')

/** Takes the next command and answers it; `false` when the connection is at its end. */
async function serveCommand(world: World, session: ImapSession): Promise<boolean> {
  const { connection } = session
  const cancelTimeout = world.clock.after(IDLE_LIMIT, () => {
    void connection.write('* BYE Connection is closed. 13\r\n').then(connection.end)
  })
  try {
    const line = await readCommand(connection, session.mailbox !== null)
    if (!line) return false
    if ('refusal' in line) {
      const { tag, refusal, octets, isLost } = line
      const text = `${tag} ${refusal.status} ${refusal.message}\r\n`
      world.calls.record(UNREADABLE, { items: 0, requestBytes: octets, bytes: text.length })
      await connection.write(text)
      return !isLost
    }
    return await answerCommand(world, session, line)
  } catch (error) {
    if (!(error instanceof LineTooLong)) throw error
    await connection.write('* BYE Command line too long. 12\r\n')
    return false
  } finally {
    cancelTimeout()
  }
}

async function answerCommand(world: World, session: ImapSession, line: CommandLine): Promise<boolean> {
  const { connection } = session
  const operation = findCommand(line.name) ? `IMAP ${line.name}` : UNREADABLE
  const fault = world.faults.take(operation)
  const isDropped = fault === 'cut' || fault === 'cutAfter'
  const answer = createAnswer(connection, transmissionOf(fault), isDropped)
  await delayFault(fault, (session.mailbox?.tenant ?? firstTenant(world)).roundTripMs)
  const laid = laidReply(fault)
  const isFarewell = laid?.startsWith('BYE ') ?? false
  const completion: Completion | null =
    fault === 'cut' ? { text: '' } : laid === null ? await run(world, session, line, answer) : { text: laid }
  if (completion) answer.line(`${isFarewell ? '*' : line.tag} ${completion.text}`)
  world.calls.record(operation, {
    items: completion?.items ?? 0,
    requestBytes: line.octets,
    bytes: isDropped ? 0 : answer.octets(),
  })
  await answer.flush()
  if (isDropped) connection.cut()
  const isDone = completion?.text.startsWith('OK ') ?? false
  if (line.name === 'STARTTLS' && isDone && !isDropped) await connection.startTls()
  return completion !== null && !isDropped && !isFarewell && !(line.name === 'LOGOUT' && isDone)
}

/** Runs a command in its state; a refusal is a completion like any other. */
async function run(
  world: World,
  session: ImapSession,
  line: CommandLine,
  answer: Answer,
): Promise<Completion | null> {
  try {
    const found = findCommand(line.name)
    if (!found) throw new ImapRefusal('BAD', 'Command Error. 12')
    const { command, isUid } = found
    const mayStay = line.name === 'CAPABILITY' || line.name === 'LOGOUT'
    if (session.mailbox && !session.isConnected && !mayStay)
      throw new ImapRefusal('BAD', 'User is authenticated but not connected.')
    const call = { world, session, args: line.args, answer, isUid }
    const completion = await runInState(command, call)
    // RFC 3501, section 7.4.1: no EXPUNGE while the client may be counting, in FETCH, STORE and SEARCH by number.
    const isCounting = ['FETCH', 'STORE', 'SEARCH'].includes(line.name)
    if (session.view && completion) tellChanges(session.view, answer, !isCounting)
    return completion
  } catch (error) {
    if (error instanceof ImapRefusal) return { text: `${error.status} ${error.message}` }
    if (error instanceof MailRefused) return { text: `NO [OVERQUOTA] ${error.message}` }
    throw error
  }
}

function runInState(command: Command, call: Call) {
  const { mailbox, view } = call.session
  if (command.needs === 'nothing' || (command.needs === 'no login' && !mailbox)) return command.run(call)
  if (command.needs === 'login' && mailbox) return command.run({ ...call, mailbox })
  if (command.needs === 'folder' && mailbox && view) return command.run({ ...call, mailbox, view })
  throw new ImapRefusal('BAD', 'Command received in Invalid state.')
}
