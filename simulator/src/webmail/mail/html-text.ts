import { scanHtml } from './scan-html.ts'

const blocks = 'address article blockquote br div dd dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table tr ul'
const breaking = new Set(blocks.split(' '))
const silent = new Set(['script', 'style', 'title'])

/**
 * The words of an HTML part, one line per block, as a client quotes a mail that has no text part. Layout is
 * not reproduced.
 */
export function htmlText(html: string): string {
  const pieces: string[] = []
  let isSilent = false
  scanHtml(html, {
    openTag({ name }) {
      isSilent = silent.has(name)
      if (breaking.has(name)) pieces.push('\n')
    },
    text(text) {
      if (!isSilent) pieces.push(text.replace(/\s+/g, ' '))
    },
    closeTag(name) {
      isSilent = false
      if (breaking.has(name)) pieces.push('\n')
      if (name === 'td' || name === 'th') pieces.push(' ')
    },
  })
  const lines = pieces
    .join('')
    .split('\n')
    .map((line) => line.replace(/ +/g, ' ').trim())
  return lines.filter((line) => line !== '').join('\n')
}
