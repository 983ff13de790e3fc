import type { Command } from './command.ts'
import { append } from './commands/append.ts'
import { authenticate, login } from './commands/authenticate.ts'
import { capability } from './commands/capability.ts'
import { copy, move } from './commands/copy-and-move.ts'
import { close, expunge } from './commands/expunge.ts'
import { fetch } from './commands/fetch.ts'
import { create, remove, rename, subscribe, unsubscribe } from './commands/folders.ts'
import { idle } from './commands/idle.ts'
import { list, lsub } from './commands/list.ts'
import { check, id, logout, namespace, noop } from './commands/plain-answers.ts'
import { search } from './commands/search.ts'
import { examine, select, unselect } from './commands/select.ts'
import { startTls } from './commands/start-tls.ts'
import { status } from './commands/status.ts'
import { store } from './commands/store.ts'

/** The commands by their names on the wire. */
const commands: Record<string, Command> = {
  APPEND: append,
  AUTHENTICATE: authenticate,
  CAPABILITY: capability,
  CHECK: check,
  CLOSE: close,
  COPY: copy,
  CREATE: create,
  DELETE: remove,
  EXAMINE: examine,
  EXPUNGE: expunge,
  FETCH: fetch,
  ID: id,
  IDLE: idle,
  LIST: list,
  LOGIN: login,
  LOGOUT: logout,
  LSUB: lsub,
  MOVE: move,
  NAMESPACE: namespace,
  NOOP: noop,
  RENAME: rename,
  SEARCH: search,
  SELECT: select,
  STARTTLS: startTls,
  STATUS: status,
  STORE: store,
  SUBSCRIBE: subscribe,
  UNSELECT: unselect,
  UNSUBSCRIBE: unsubscribe,
}

/** Those that may come behind `UID`. */
const withUid = ['COPY', 'EXPUNGE', 'FETCH', 'MOVE', 'SEARCH', 'STORE']

export function findCommand(name: string): { command: Command; isUid: boolean } | null {
  const isUid = name.startsWith('UID ')
  const verb = isUid ? name.slice('UID '.length) : name
  const command = Object.hasOwn(commands, verb) ? commands[verb] : undefined
  return command && (!isUid || withUid.includes(verb)) ? { command, isUid } : null
}

/** The greeting of a connection, as faults and the count of calls know it. */
export const GREETING = 'IMAP CONNECT'

/** What faults may be laid for, and calls are counted by. */
export const imapOperationNames = [
  GREETING,
  ...Object.keys(commands).map((name) => `IMAP ${name}`),
  ...withUid.map((name) => `IMAP UID ${name}`),
]
