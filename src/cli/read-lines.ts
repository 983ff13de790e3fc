import { open } from 'node:fs/promises'
import type { Translate } from '../lib/translate.ts'
import { fileError } from './file-error.ts'

/** Longer lines are no cases; they are cut there, and the rest of the line is skipped. */
const MAX_LINE_BYTES = 1024 * 1024

/** The lines of a file one by one, in bounded memory whatever the file holds. Throws `CliError`. */
export async function* readLines(path: string, text: Translate): AsyncGenerator<string> {
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
  for await (const chunk of readChunks(path, text)) {
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

async function* readChunks(path: string, text: Translate): AsyncGenerator<Buffer> {
  try {
    const file = await open(path)
    yield* file.createReadStream() as AsyncIterable<Buffer>
  } catch (error) {
    throw fileError(path, error, text)
  }
}
