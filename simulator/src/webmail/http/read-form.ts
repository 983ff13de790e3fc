import type { IncomingMessage } from 'node:http'

/** Far above any answer a person types, far below what could hurt the simulator. */
const maxFormBytes = 1024 * 1024

/** Reads an `application/x-www-form-urlencoded` body. Null when it is larger than a form of ours can be. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    // What is too much is read and dropped: a browser reads the refusal only after it has sent everything.
    if (size <= maxFormBytes) chunks.push(chunk)
  }
  if (size > maxFormBytes) return null
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
}
