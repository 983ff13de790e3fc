import { idHead, isWellFormedId } from './ids.ts'

/** What a store id has before the entry id. */
const STORE_MARK = Buffer.from([0x00, 0x01])

interface IdFormat {
  write(id: Buffer): string
  /** The octets of the EWS id, or nothing sensible when the text is of another format. */
  read(text: string): Buffer
}

const base64 = (octets: Buffer) => octets.toString('base64')
const entryIdOf = (id: Buffer) => id.subarray(idHead.length)
const ofEntryId = (entryId: Buffer) => Buffer.concat([idHead, entryId])

const ewsId: IdFormat = { write: base64, read: (text) => Buffer.from(text, 'base64') }

/** By the names of IdFormatType in types.xsd. Every format says the same, so each can be turned into each. */
const formats: Record<string, IdFormat> = {
  EwsLegacyId: ewsId,
  EwsId: ewsId,
  EntryId: {
    write: (id) => base64(entryIdOf(id)),
    read: (text) => ofEntryId(Buffer.from(text, 'base64')),
  },
  HexEntryId: {
    write: (id) => entryIdOf(id).toString('hex').toUpperCase(),
    read: (text) => ofEntryId(Buffer.from(text, 'hex')),
  },
  StoreId: {
    write: (id) => base64(Buffer.concat([STORE_MARK, entryIdOf(id)])),
    read: (text) => ofEntryId(Buffer.from(text, 'base64').subarray(STORE_MARK.length)),
  },
  OwaId: {
    // Made for the query of a URL.
    write: (id) => encodeURIComponent(base64(id)),
    read: (text) =>
      Buffer.from(
        text.replace(/%(2B|2F|3D)/g, (code) => decodeURIComponent(code)),
        'base64',
      ),
  },
}

/** The EWS id behind a text in a format, or `null` when it is none. */
export function fromFormat(format: string, text: string): string | null {
  const known = formats[format]
  if (!known) return null
  const id = base64(known.read(text))
  return isWellFormedId(id) && toFormat(format, id) === text ? id : null
}

/** An EWS id in another format. */
export function toFormat(format: string, id: string): string {
  const known = formats[format]
  if (!known) throw new Error(`${format} passed the schema and is no format`)
  return known.write(Buffer.from(id, 'base64'))
}
