import { delayFault } from '../http/answer-fault.ts'
import { LineTooLong } from '../line-protocol/byte-source.ts'
import type { Connection } from '../line-protocol/connection.ts'
import { laidReply } from '../line-protocol/laid-reply.ts'
import { fieldValue, readHeaderBlock } from '../mail/header-block.ts'
import { MailRefused } from '../mail/mail-refused.ts'
import { MESSAGE_SIZE_LIMIT, submitRaw } from '../mail/submit.ts'
import { firstTenant, type World } from '../world.ts'
import { authenticate } from './authenticate.ts'
import { GREETING, type Verb, verbs } from './commands.ts'
import { mailFrom, rcptTo } from './envelope.ts'
import { readData } from './read-message.ts'
import { replies, replyOfRefusal, SERVER } from './replies.ts'
import type { SmtpSession } from './session.ts'

/** A connection that says nothing for so long is closed. */
const IDLE_LIMIT = 10 * 60_000
/** RFC 5321, section 4.5.3.1.4 asks for 512 octets; a token in AUTH needs more (RFC 4954, section 4). */
const LINE_LIMIT = 16 * 1024
const UNREADABLE = 'SMTP Unreadable'

/**
 * Serves a client of `smtp.office365.com` until one of the two ends the connection.
 * @param needsTls whether a login waits for STARTTLS
 */
export async function serveSmtp(world: World, connection: Connection, needsTls: boolean): Promise<void> {
  const session: SmtpSession = {
    protocol: 'smtp',
    connection,
    needsTls,
    mailbox: null,
    greeted: null,
    transaction: null,
    cut: connection.cut,
  }
  world.sessions.add(session)
  try {
    let isOpen = await answer(world, session, GREETING, 0, async () => replies.greeting(world.clock.now()))
    while (isOpen) isOpen = await serveCommand(world, session)
  } finally {
    world.sessions.delete(session)
  }
}

async function serveCommand(world: World, session: SmtpSession): Promise<boolean> {
  const { connection } = session
  const cancelTimeout = world.clock.after(IDLE_LIMIT, () => {
    void connection.write(`${replies.timeout}\r\n`).then(connection.end)
  })
  try {
    const line = await connection.readLine(LINE_LIMIT)
    if (!line) return false
    const [, word = '', args = ''] = /^([A-Za-z]+)(?: +(.*))?$/.exec(line.toString('latin1').trimEnd()) ?? []
    const verb = verbs.find((name) => name === word.toUpperCase())
    const operation = verb ? `SMTP ${verb}` : UNREADABLE
    const isOpen = await answer(world, session, operation, line.length + 2, async () =>
      verb ? await run(world, session, verb, args) : replies.unknown,
    )
    return isOpen && verb !== 'QUIT'
  } catch (error) {
    if (!(error instanceof LineTooLong)) throw error
    await connection.write(`${replies.lineTooLong}\r\n`)
    return false
  } finally {
    cancelTimeout()
  }
}

/** Meets the fault of an operation, or does its work; answers and counts it. `false`: the connection is at its end. */
async function answer(
  world: World,
  session: SmtpSession,
  operation: string,
  requestBytes: number,
  work: () => Promise<string | null>,
): Promise<boolean> {
  const { connection, mailbox } = session
  const fault = world.faults.take(operation)
  await delayFault(fault, (mailbox?.tenant ?? firstTenant(world)).roundTripMs)
  const isCut = fault === 'cut' || fault === 'cutAfter'
  const reply = fault === 'cut' ? null : (laidReply(fault) ?? (await work()))
  const isSent = reply !== null && !isCut
  const text = isSent ? `${reply}\r\n` : ''
  const items = operation === 'SMTP RCPT' ? 1 : 0
  world.calls.record(operation, { items, requestBytes, bytes: text.length })
  if (isCut) connection.cut()
  if (isSent) await connection.write(text)
  if (isSent && operation === 'SMTP STARTTLS' && reply.startsWith('220 ')) await connection.startTls()
  return isSent && !/^421 /.test(reply)
}

/** Does a command; `null`: the client has gone. */
async function run(world: World, session: SmtpSession, verb: Verb, args: string): Promise<string | null> {
  switch (verb) {
    case 'EHLO':
    case 'HELO':
      if (args === '') return replies.badArguments
      session.greeted = args
      session.transaction = null
      return verb === 'HELO' ? `250 ${SERVER} Hello [127.0.0.1]` : offer(session)
    case 'STARTTLS':
      if (!session.needsTls || session.connection.isSecure() || args !== '') return replies.badSequence
      // RFC 3207, section 4.2: nothing said before counts afterwards.
      session.greeted = null
      return '220 2.0.0 SMTP server ready'
    case 'AUTH':
      return await authenticate(world, session, args)
    case 'MAIL':
      return mailFrom(session, args)
    case 'RCPT':
      return rcptTo(session, args)
    case 'DATA':
      return await takeData(world, session)
    case 'BDAT':
      return await takeChunk(world, session, args)
    case 'RSET':
      session.transaction = null
      return '250 2.0.0 Resetting'
    case 'NOOP':
      return '250 2.0.0 OK'
    case 'QUIT':
      return '221 2.0.0 Service closing transmission channel'
  }
}

function offer({ connection, needsTls }: SmtpSession): string {
  const isOpen = !needsTls || connection.isSecure()
  const keywords = [
    `${SERVER} Hello [127.0.0.1]`,
    `SIZE ${MESSAGE_SIZE_LIMIT}`,
    'PIPELINING',
    'DSN',
    'ENHANCEDSTATUSCODES',
    isOpen ? 'AUTH LOGIN XOAUTH2' : 'STARTTLS',
    '8BITMIME',
    'BINARYMIME',
    'CHUNKING',
    'SMTPUTF8',
  ]
  return keywords.map((text, index) => `250${index < keywords.length - 1 ? '-' : ' '}${text}`).join('\r\n')
}

async function takeData(world: World, session: SmtpSession): Promise<string | null> {
  const { connection, transaction, mailbox } = session
  if (!mailbox) return replies.needsLogin
  if (!transaction || transaction.recipients.length === 0 || transaction.chunks.length > 0)
    return replies.badSequence
  await connection.write('354 Start mail input; end with <CRLF>.<CRLF>\r\n')
  const raw = await readData(connection)
  if (!raw) return null
  return raw === 'too-large' ? endTransaction(session, replies.tooLarge) : accept(world, session, raw)
}

/** BDAT (RFC 3030): chunks of counted octets, of which `LAST` is the last. */
async function takeChunk(world: World, session: SmtpSession, args: string): Promise<string | null> {
  const { connection, transaction } = session
  const [, digits, last] = /^(\d{1,9})( LAST)?$/i.exec(args) ?? []
  if (digits === undefined) return replies.badArguments
  const chunk = Number(digits) <= MESSAGE_SIZE_LIMIT ? await connection.readOctets(Number(digits)) : null
  if (!chunk) return null
  if (!session.mailbox) return replies.needsLogin
  if (!transaction || transaction.recipients.length === 0) return replies.badSequence
  transaction.chunks.push(chunk)
  const size = transaction.chunks.reduce((sum, { length }) => sum + length, 0)
  if (size > MESSAGE_SIZE_LIMIT) return endTransaction(session, replies.tooLarge)
  if (last === undefined) return `250 2.6.0 CHUNK received OK, ${chunk.length} octets`
  return accept(world, session, Buffer.concat(transaction.chunks))
}

/** Sends a message as its mailbox's client does: through the Outbox, with a copy in Sent Items. */
function accept(world: World, session: SmtpSession, raw: Buffer): string {
  const { mailbox, transaction } = session
  if (!mailbox || !transaction) return replies.badSequence
  try {
    const sent = submitRaw(world, mailbox, raw, transaction.recipients)
    const messageId = fieldValue(readHeaderBlock(sent.raw).fields, 'Message-ID') ?? ''
    return endTransaction(session, replies.accepted(messageId))
  } catch (error) {
    if (error instanceof MailRefused) return endTransaction(session, replyOfRefusal(error))
    throw error
  }
}

function endTransaction(session: SmtpSession, reply: string): string {
  session.transaction = null
  return reply
}
