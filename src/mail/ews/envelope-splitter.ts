import { unreadable } from './response-message.ts'

/** One envelope of a stream holds a few events; more than this is no stream of EWS. */
const largestEnvelope = 1024 * 1024

const endTag = /<\/(?:[A-Za-z_][\w.-]{0,40}:)?Envelope\s{0,40}>/
/** As long as an end tag can get: what of it may have come already. */
const endTagLength = 140

/**
 * Cuts the answer of GetStreamingEvents into its SOAP envelopes. The answer is no document but a sequence of them, and
 * chunks end anywhere: inside a tag, inside a character. An unfinished envelope at the end is dropped.
 * Throws `MailError` (`protocol`) when an envelope grows beyond bounds.
 */
export async function* splitEnvelopes(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let waiting = ''
  for await (const chunk of chunks) {
    let searchFrom = Math.max(0, waiting.length - endTagLength)
    waiting += decoder.decode(chunk, { stream: true })
    for (;;) {
      const end = endTag.exec(waiting.slice(searchFrom))
      if (end === null) break
      const length = searchFrom + end.index + end[0].length
      yield waiting.slice(0, length)
      waiting = waiting.slice(length)
      searchFrom = 0
    }
    if (waiting.length > largestEnvelope)
      throw unreadable(`an envelope of more than ${largestEnvelope} characters`)
  }
}
