import { createReadStream } from 'node:fs'

/** Longer lines are no cases; they are cut there, and the rest of the line is skipped. */
const MAX_LINE_BYTES = 1024 * 1024

/** The lines of a file one by one, in bounded memory whatever the file holds. */
export async function* readLines(path: string): AsyncGenerator<string> {
  let parts: Buffer[] = []
  let size = 0
  const keep = (part: Buffer) => {
    if (size < MAX_LINE_BYTES) parts.push(part.subarray(0, MAX_LINE_BYTES - size))
    size += part.length
  }
  const takeLine = () => {
    const line = Buffer.concat(parts).toString('utf8').replace(/\r$/, '')
    parts = []
    size = 0
    return line
  }
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      keep(chunk.subarray(from, end))
      yield takeLine()
      from = end + 1
    }
    keep(chunk.subarray(from))
  }
  if (size > 0) yield takeLine()
}
