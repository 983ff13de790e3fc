import { createHash, randomUUID } from 'node:crypto'

const ID_BYTES = 112
/** What stands before the entry id in every EWS id. */
export const idHead = Buffer.from([0x00, 0x03, 0x24, 0x00])
/** What every immutable id of Graph starts with. */
export const immutableHead = Buffer.from([0x00, 0x09, 0x00, 0x2e])

/** Makes the opaque ids of one mailbox: as long as Exchange's, base64, and different in their last characters only. */
export interface IdMaker {
  item(sequence: number): string
  folder(sequence: number): string
  /** The id that a message keeps wherever in the mailbox it goes. */
  immutable(sequence: number): string
}

export function createIdMaker(): IdMaker {
  const guid = randomUUID()
  const filler = createHash('sha512').update(guid).digest()
  const start = Buffer.concat([idHead, Buffer.from(guid), Buffer.from([0x46, 0, 0, 0, 0, 0]), filler])
  function make(kind: number, sequence: number, head = idHead): string {
    const id = Buffer.alloc(ID_BYTES)
    start.copy(id, 0, 0, ID_BYTES - 8)
    head.copy(id)
    id.writeUInt8(kind, ID_BYTES - 7)
    id.writeUIntBE(sequence, ID_BYTES - 6, 6)
    return id.toString('base64')
  }
  return {
    item: (sequence) => make(2, sequence),
    folder: (sequence) => make(1, sequence),
    immutable: (sequence) => make(3, sequence, immutableHead),
  }
}

/** Whether Exchange could have made this id; anything else is ErrorInvalidIdMalformed. */
export function isWellFormedId(id: string, head = idHead): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(id) || id.length % 4 !== 0) return false
  const bytes = Buffer.from(id, 'base64')
  return bytes.length === ID_BYTES && bytes.subarray(0, head.length).equals(head)
}

/** The id of an item's attachment by its position; it changes when the item's does. */
export function attachmentIdOf(itemId: string, position: number): string {
  const mark = Buffer.alloc(2)
  mark.writeUInt16BE(position)
  return Buffer.concat([Buffer.from(itemId, 'base64'), mark]).toString('base64')
}

/** What an attachment's id was made of, or `null` when it is none. */
export function readAttachmentId(id: string): { itemId: string; position: number } | null {
  const bytes = Buffer.from(id, 'base64')
  const itemId = bytes.subarray(0, ID_BYTES).toString('base64')
  if (bytes.length !== ID_BYTES + 2 || !isWellFormedId(itemId)) return null
  return { itemId, position: bytes.readUInt16BE(ID_BYTES) }
}

/** The ChangeKey of a version: another one after every write. */
export function changeKeyOf(sequence: number): string {
  const key = Buffer.alloc(16)
  key.writeUInt16BE(0x0900, 0)
  key.writeUInt8(0x16, 4)
  key.writeUIntBE(sequence, 10, 6)
  return key.toString('base64')
}

/** The id of the conversation with this topic: the same in every folder. */
export function conversationIdOf(topic: string): string {
  const digest = createHash('sha256').update(topic.toLowerCase()).digest()
  return Buffer.concat([idHead, digest]).toString('base64')
}
