import type { ZippedFile } from '../../../lib/zip/write-zip.ts'

/** A document for people and programs. */
export function jsonFile(name: string, document: object): ZippedFile {
  return { name, octets: Buffer.from(`${JSON.stringify(document, null, 2)}\n`) }
}

/** One document a line. */
export function linesFile(name: string, documents: object[]): ZippedFile {
  return { name, octets: Buffer.from(documents.map((each) => `${JSON.stringify(each)}\n`).join('')) }
}
