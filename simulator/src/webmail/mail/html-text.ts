import { Parser } from 'htmlparser2'

const breaking = new Set(
  'address article blockquote br div dl dt dd h1 h2 h3 h4 h5 h6 hr li ol p pre table tr ul'.split(' '),
)
const silent = new Set(['head', 'script', 'style', 'title'])

/**
 * The words of an HTML part, one line per block, as a client quotes a mail that has no text part. Layout is
 * not reproduced.
 */
export function htmlText(html: string): string {
  const pieces: string[] = []
  let silentDepth = 0
  const parser = new Parser({
    onopentag(name) {
      if (silent.has(name)) silentDepth += 1
      if (breaking.has(name)) pieces.push('\n')
    },
    ontext(text) {
      if (silentDepth === 0) pieces.push(text.replace(/\s+/g, ' '))
    },
    onclosetag(name) {
      if (silent.has(name)) silentDepth -= 1
      if (breaking.has(name)) pieces.push('\n')
      if (name === 'td' || name === 'th') pieces.push(' ')
    },
  })
  parser.end(html)
  const lines = pieces
    .join('')
    .split('\n')
    .map((line) => line.replace(/ +/g, ' ').trim())
  return lines.filter((line) => line !== '').join('\n')
}
