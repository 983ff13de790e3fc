/**
 * Kinds of files that no program runs by opening them, by the ends of their names: what Exchange's filter of common
 * attachment types lets pass, and what a browser may be told of what it downloads.
 */
const types: Record<string, string> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  txt: 'text/plain',
  csv: 'text/csv',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
}

const UNKNOWN = 'application/octet-stream'

const declarable = new Set(Object.values(types))

/** The type to give out for a file that was declared as this one. */
export function harmlessType(declared: string): string {
  return declarable.has(declared) ? declared : UNKNOWN
}

/** The type of a file as its name ends, of one whose type nobody has told. */
export function typeByName(name: string): string {
  const ending = /\.([a-z]{3,4})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  return (Object.hasOwn(types, ending) ? types[ending] : undefined) ?? UNKNOWN
}

/**
 * Whether a file of this name goes along with a mail: one of a kind that mail servers let pass, and no text, which a
 * program may put in the body of a reply as if its sender had written it.
 */
export function isEnclosable(name: string): boolean {
  const type = typeByName(name)
  return type !== UNKNOWN && !type.startsWith('text/')
}
