import type { ResponseMessage } from './response-message.ts'
import type { Xml } from './xml.ts'

/** One EWS operation, ready to be called: its request and how its answer is read. */
export interface Operation<Answer> {
  /** Microsoft's name, also the element of the request. */
  name: string
  /** The SOAP body. Its elements stand in the order of the schema, or Exchange answers ErrorSchemaValidation. */
  body: Xml
  /** How many response messages the answer must hold. */
  count: number
  read(messages: ResponseMessage[]): Answer
}
