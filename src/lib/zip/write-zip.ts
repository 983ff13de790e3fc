import { Readable } from 'node:stream'
import { TransformStream, type TransformStreamDefaultController } from 'node:stream/web'
import { Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js'

export interface ZippedFile {
  /** With `/` between folders. */
  name: string
  octets: Buffer
}

/**
 * A ZIP file as it is packed: of what is in it only one file at a time is in memory. `at` is when each says that it was
 * changed. What `files` throws ends the stream with that error; once nobody reads it any more, `files` is asked for no other.
 */
export function writeZip(files: AsyncIterable<ZippedFile>, at: Date): Readable {
  let failWith: TransformStreamDefaultController<Uint8Array>['error'] = () => undefined
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
    start(controller) {
      failWith = (reason) => controller.error(reason)
    },
  })
  pack(files, at, new ZipWriter(writable, { useWebWorkers: false })).catch(failWith)
  return Readable.fromWeb(readable)
}

async function pack(
  files: AsyncIterable<ZippedFile>,
  at: Date,
  zip: ZipWriter<WritableStream>,
): Promise<void> {
  // The format knows no time zone, and the library writes the time of ours.
  const lastModDate = new Date(at.getTime() + at.getTimezoneOffset() * 60_000)
  for await (const { name, octets } of files) {
    await zip.add(name, new Uint8ArrayReader(octets), { lastModDate, extendedTimestamp: false })
  }
  await zip.close()
}
