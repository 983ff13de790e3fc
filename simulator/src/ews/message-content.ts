import PostalMime from 'postal-mime'
import type { Item } from '../mail/folder.ts'
import type { FileAttachment } from './attachment.ts'

/** The body of a message. */
export interface MessageContent {
  text: string
  /** `null` when the message has none. */
  html: string | null
}

/** All parts of a message. */
export interface ReadContent extends MessageContent {
  attachments: FileAttachment[]
}

export async function readContent(item: Item): Promise<ReadContent> {
  const email = await PostalMime.parse(item.raw, { attachmentEncoding: 'arraybuffer' })
  const html = email.html ?? null
  return {
    html,
    text: email.text ?? (html === null ? '' : htmlToText(html)),
    attachments: email.attachments.map(({ filename, mimeType, contentId, disposition, content }) => ({
      name: filename ?? '',
      contentType: mimeType,
      contentId: contentId?.replace(/^<|>$/g, '') ?? null,
      isInline: disposition === 'inline',
      content: typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer),
    })),
  }
}

/** A body in the type asked for; `Best` gives HTML where there is some. */
export function bodyAs(content: MessageContent, type: string): { bodyType: 'HTML' | 'Text'; body: string } {
  if (type === 'Text' || (type === 'Best' && content.html === null))
    return { bodyType: 'Text', body: content.text }
  return { bodyType: 'HTML', body: content.html ?? textToHtml(content.text) }
}

/** The part of a text above the first line that starts a quotation: a guess, as Exchange's UniqueBody is one. */
export function uniqueText(text: string): string {
  const lines = text.split(/\r?\n/)
  const quote = lines.findIndex((line) =>
    /^\s*(>|-----Original Message-----|_{10,}|From: |De : |On .{5,200} wrote:\s*$|Le .{5,200} a écrit\s*:\s*$)/.test(
      line,
    ),
  )
  return (quote < 0 ? lines : lines.slice(0, quote)).join('\r\n').trimEnd()
}

export function textToHtml(text: string): string {
  const escaped = text.replace(
    /[&<>]/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? '',
  )
  return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>${escaped.replace(/\r?\n/g, '<br>\r\n')}</body></html>`
}

/** In one pass, so that hostile HTML costs no more than other HTML. */
function htmlToText(html: string): string {
  let text = ''
  let hidden = ''
  for (const piece of html.split(/(?=<)/)) {
    const tag = /^<(\/?[a-z0-9]+)/i.exec(piece)?.[1]?.toLowerCase() ?? ''
    if (hidden === '' && invisible.includes(tag)) hidden = tag
    if (hidden !== '' && tag !== `/${hidden}`) continue
    hidden = ''
    if (lineEnds.includes(tag)) text += '\r\n'
    const isMarkup = tag !== '' || piece.startsWith('<!')
    text += isMarkup ? piece.slice(piece.indexOf('>') + 1 || piece.length) : piece
  }
  return text.replace(/&(nbsp|lt|gt|quot|#39|amp);/g, (_, name: string) => characters[name] ?? '').trim()
}

const invisible = ['style', 'script', 'head']
const lineEnds = ['br', '/p', '/div', '/tr', '/li']
const characters: Record<string, string> = { nbsp: ' ', lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' }
