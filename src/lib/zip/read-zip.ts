import { type FileEntry, Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'

/** It is no ZIP file, or not one that was written whole. */
export class BrokenZip extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options)
    this.name = 'BrokenZip'
  }
}

/** Of a hostile file a few octets could stand for terabytes. */
const MOST_OCTETS = 4_000_000_000

/**
 * What is packed in a ZIP file: by name, in its order. Throws `BrokenZip` where anything is not as it should be: a checksum, a
 * name twice, or octets that no other program would show, behind, before or between the files.
 */
export async function readZip(zip: Buffer): Promise<Map<string, Buffer>> {
  try {
    return await read(zip)
  } catch (cause) {
    if (cause instanceof BrokenZip) throw cause
    throw new BrokenZip(cause instanceof Error ? cause.message : 'damaged', { cause })
  }
}

async function read(zip: Buffer): Promise<Map<string, Buffer>> {
  const reader = new ZipReader(new Uint8ArrayReader(zip), {
    strictness: 'strict',
    // Nothing is written by these names; what they are is for whoever reads the files to judge.
    filenameValidation: 'tolerant',
    checkSignature: true,
    checkOverlappingEntry: true,
    // All of it is here: threads would only pass octets around.
    useWebWorkers: false,
  })
  const entries = await reader.getEntries()
  const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0)
  if (total > MOST_OCTETS) throw new BrokenZip('too large')
  const files = new Map<string, Buffer>()
  for (const entry of entries) {
    if (entry.directory) throw new BrokenZip('a folder')
    if (files.has(entry.filename)) throw new BrokenZip('one name twice')
    files.set(entry.filename, await octetsOf(entry))
  }
  return files
}

async function octetsOf(entry: FileEntry): Promise<Buffer> {
  return Buffer.from(await entry.getData(new Uint8ArrayWriter()))
}
