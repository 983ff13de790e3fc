import { composeMessage } from './compose-message.ts'
import { readHeaderBlock, rewriteHeader } from './header-block.ts'

/** A message with another value of a field, or without the field. */
export function setField(raw: Buffer, name: string, value: string | undefined): Buffer {
  const wanted = name.toLowerCase()
  return rewriteHeader(raw, {
    keep: (field) => field !== wanted,
    after: value === undefined || value === '' ? [] : [{ name, value }],
  })
}

/** A message with one body part in place of all it had. */
export function setBody(raw: Buffer, contentType: string, text: string): Buffer {
  const { fields } = readHeaderBlock(raw)
  const kept = fields.filter(({ name }) => !/^(content-.*|mime-version)$/i.test(name))
  return composeMessage(kept, [{ contentType, text }])
}
