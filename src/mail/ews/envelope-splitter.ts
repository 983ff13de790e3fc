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
  /** What of the envelope has come and holds no part of its end tag, so that no octet is looked at twice over. */
  let begun: string[] = []
  let length = 0
  let tail = ''
  for await (const chunk of chunks) {
    let text = tail + decoder.decode(chunk, { stream: true })
    for (let end = endTag.exec(text); end !== null; end = endTag.exec(text)) {
      const next = end.index + end[0].length
      yield begun.join('') + text.slice(0, next)
      text = text.slice(next)
      begun = []
      length = 0
    }
    const settled = Math.max(0, text.length - endTagLength)
    if (settled > 0) begun.push(text.slice(0, settled))
    length += settled
    tail = text.slice(settled)
    if (length > largestEnvelope) throw unreadable(`an envelope of more than ${largestEnvelope} characters`)
  }
}
