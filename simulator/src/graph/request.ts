import type { Mailbox } from '../mail/mailbox.ts'
import type { World } from '../world.ts'
import type { Access } from './access.ts'
import type { Prefer } from './prefer.ts'

/** A request as it came by HTTP, or within a `$batch`. */
export interface GraphRequest {
  method: string
  /** Scheme, host and port that the client called, for links. */
  origin: string
  /** As written, from `/v1.0` on and without the query. */
  path: string
  query: URLSearchParams
  /** Names in lower case. */
  headers: Record<string, string | undefined>
  body: Buffer
}

/** What an operation works on. */
export interface Call {
  world: World
  access: Access
  request: GraphRequest
  prefer: Prefer
  /** What stands in the path at the names of the route, such as `message`. */
  names: Record<string, string>
  /** Answers a request within this one. */
  perform(request: GraphRequest): Promise<Performed>
}

/** A call within a user's mailbox. */
export interface MailboxCall extends Call {
  mailbox: Mailbox
}

export interface GraphAnswer {
  status: number
  headers?: Record<string, string>
  /** An object is written as JSON, octets as they are. */
  body?: object | Buffer
  /** For the count of calls: messages, folders or requests that the answer is about. Default 1. */
  items?: number
  /** The connection ends without the answer. */
  isCut?: boolean
}

/** An answer ready to be sent. */
export interface Performed {
  status: number
  headers: Record<string, string>
  content: Buffer
  /** The connection has to end without this answer. */
  isCut: boolean
}
