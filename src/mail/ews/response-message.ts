import { MailError } from '../errors.ts'
import type { Outcome } from '../outcome.ts'
import { blameFor } from './blame.ts'
import { responseCodeError } from './response-codes.ts'
import { child, textAt, type XmlElement } from './xml-element.ts'

/** What Exchange says to one item (or folder) of a request. */
export interface ResponseMessage {
  element: XmlElement
  /** Null when it went well. */
  error: MailError | null
}

/**
 * The response messages of an answer, one per item asked for and in that order. Each has its own ResponseClass, so all
 * of them are looked at. After ErrorBatchProcessingStopped Exchange leaves the rest out; they get that error too.
 * Throws `MailError` when the messages cannot belong to the items, or when all of them name a failure of the mailbox.
 */
export function readResponseMessages(
  response: XmlElement,
  count: number,
  address: string,
): ResponseMessage[] {
  const messages = readMessages(response, address)
  const last = messages.at(-1)
  if (last?.error?.providerCode === 'ErrorBatchProcessingStopped') {
    while (messages.length < count) messages.push(last)
  }
  if (messages.length !== count) throw unreadable(`${messages.length} response messages for ${count} items`)
  const first = messages[0]?.error
  if (first && messages.every(({ error }) => error !== null && blameFor(error) === 'mailbox')) throw first
  return messages
}

/** The response messages as they stand, for a stream, where their number is the server's choice. */
export function readMessages(response: XmlElement, address: string): ResponseMessage[] {
  const elements = child(response, 'ResponseMessages')?.children ?? []
  return elements.map((element) => {
    const code = textAt(element, 'ResponseCode')
    // A Warning may also carry a code: ErrorBatchProcessingStopped does.
    return { element, error: code === 'NoError' ? null : responseCodeError(code, element, address) }
  })
}

/** Reads each message that went well. A value that cannot be read is that item's error. */
export function outcomes<Value extends object | string | boolean>(
  messages: ResponseMessage[],
  read: (element: XmlElement) => Value | null,
): Outcome<Value>[] {
  return messages.map(({ element, error }) => {
    if (error !== null) return { value: null, error }
    const value = read(element)
    return value === null
      ? { value, error: unreadable(`${element.name} lacks its content`) }
      : { value, error: null }
  })
}

/** The value of an answer about one thing only. Throws its error. */
export function only<Value extends object | string | boolean>(
  messages: ResponseMessage[],
  read: (element: XmlElement) => Value | null,
): Value {
  const [outcome] = outcomes(messages, read)
  if (outcome === undefined) throw unreadable('no response message')
  if (outcome.error !== null) throw outcome.error
  return outcome.value
}

/** An answer that is not what EWS promises. What was asked may have been done. */
export function unreadable(detail: string, cause?: unknown): MailError {
  return new MailError(`Exchange's answer cannot be read: ${detail}`, {
    kind: 'protocol',
    retry: 'later',
    providerCode: 'unreadable-answer',
    mayHaveHappened: true,
    cause,
  })
}
