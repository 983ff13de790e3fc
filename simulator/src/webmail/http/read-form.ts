import type { IncomingMessage } from 'node:http'

/** Far above any answer a person types, far below what could hurt the simulator. */
const maxFormBytes = 1024 * 1024

/**
 * Reads an `application/x-www-form-urlencoded` body. Null when it is larger than a form of ours can be, or when
 * the browser went away before its end: then the answer reaches nobody.
 */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request) {
      size += chunk.length
      // What is too much is read and dropped: a browser reads the refusal only after it has sent everything.
      if (size <= maxFormBytes) chunks.push(chunk)
    }
  } catch {
    return null
  }
  return size > maxFormBytes ? null : new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
}
