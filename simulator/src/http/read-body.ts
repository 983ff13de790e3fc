import type { IncomingMessage } from 'node:http'

/** A request's body is larger than the door allows. */
export class BodyTooLarge extends Error {}

/**
 * Reads a request's body.
 * @throws BodyTooLarge beyond `limit` octets.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  // Not the plain iterator: it takes the connection down on the way out, and the refusal would never arrive.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length
    if (length > limit) {
      request.resume()
      throw new BodyTooLarge(`more than ${limit} octets`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
