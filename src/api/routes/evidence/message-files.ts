import { AppError } from '../../../lib/app-error.ts'
import type { Locale } from '../../../lib/translate.ts'
import type { ZippedFile } from '../../../lib/zip/write-zip.ts'
import type { Context } from '../../../store/context.ts'
import { loadInboundView } from '../messages/load-inbound-view.ts'
import { loadOutboundView } from '../messages/load-outbound-view.ts'
import { loadRawMessage } from '../messages/load-raw-message.ts'
import { jsonFile } from './json-file.ts'

/** A message that evidence is given of. */
export interface EvidenceMessage {
  direction: 'inbound' | 'outbound'
  id: string
}

/** Where the octets of a message are in the export; `why` is the error code where they are not. */
export type ExportedRaw =
  | { file: string; masked: boolean; why: null }
  | { file: null; masked: false; why: string }

/**
 * The files of each message, one after the other: of a reply its octets and what was read, trusted and done; of a mail of
 * ours what it said and what became of it. Reply tokens are masked as the mail log masks them.
 */
export async function* messageFiles(
  context: Context,
  messages: EvidenceMessage[],
  locale: Locale,
): AsyncGenerator<ZippedFile> {
  for (const [index, { direction, id }] of messages.entries()) {
    const name = `${String(index + 1).padStart(4, '0')}-${id}`
    if (direction === 'inbound') yield* inboundFiles(context, id, `messages/in/${name}`, locale)
    else yield* outboundFiles(context, id, `messages/out/${name}`, locale)
  }
}

async function* inboundFiles(
  context: Context,
  id: string,
  name: string,
  locale: Locale,
): AsyncGenerator<ZippedFile> {
  const view = await loadInboundView(context, id, locale)
  if (view === null) return
  const { byHand: _, ...facts } = view
  const found = await octetsOf(context, id)
  const raw: ExportedRaw =
    'why' in found
      ? { file: null, masked: false, why: found.why }
      : { file: `${name}.eml`, masked: found.masked, why: null }
  yield jsonFile(`${name}.json`, { ...facts, raw })
  if (!('why' in found)) yield { name: `${name}.eml`, octets: found.octets }
}

/** That one message cannot be had is told in its place, and keeps nobody from the others. */
async function octetsOf(
  context: Context,
  id: string,
): Promise<{ octets: Buffer; masked: boolean } | { why: string }> {
  try {
    return await loadRawMessage(context, id)
  } catch (error) {
    if (error instanceof AppError) return { why: error.code }
    throw error
  }
}

async function* outboundFiles(
  context: Context,
  id: string,
  name: string,
  locale: Locale,
): AsyncGenerator<ZippedFile> {
  const view = await loadOutboundView(context, id, locale)
  if (view === null) return
  const { text, ...facts } = view
  yield jsonFile(`${name}.json`, { ...facts, textFile: text === null ? null : `${name}.txt` })
  if (text !== null) yield { name: `${name}.txt`, octets: Buffer.from(text) }
}
