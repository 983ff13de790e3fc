import type { Mailbox } from '../mail/mailbox.ts'
import type { World } from '../world.ts'
import type { Answer } from './answer.ts'
import type { Argument } from './parse-arguments.ts'
import type { ImapSession } from './session.ts'
import type { View } from './view.ts'

export interface Call {
  world: World
  session: ImapSession
  args: Argument[]
  answer: Answer
  /** Whether the command came behind `UID`. */
  isUid: boolean
}

/** How a command ends: the text behind its tag, and the messages or folders it was about, for the count of calls. */
export interface Completion {
  text: string
  items?: number
}

type Run<OneCall> = (call: OneCall) => Completion | Promise<Completion | null>

/** A command of RFC 3501 or an extension. `run` answers `null` when the client has gone. */
export type Command =
  | { needs: 'nothing' | 'no login'; run: Run<Call> }
  | { needs: 'login'; run: Run<Call & { mailbox: Mailbox }> }
  | { needs: 'folder'; run: Run<Call & { mailbox: Mailbox; view: View }> }

/** The usual end of a command that has done its work. */
export const completed = (name: string, items?: number): Completion => ({
  text: `OK ${name} completed.`,
  ...(items === undefined ? {} : { items }),
})
