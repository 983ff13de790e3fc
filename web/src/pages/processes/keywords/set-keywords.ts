import { isMap, isNode, type Node, parseDocument } from 'yaml'
import type { KeywordList } from './outline.ts'

/**
 * The text of a definition with these keywords at the choice of `path`, in place of those of their language. Everything
 * else stays as it was written, comments and layout too. Throws when the text has no such choice.
 */
export function setKeywords(
  text: string,
  path: (string | number)[],
  { language, words }: KeywordList,
): string {
  const document = parseDocument(text, { uniqueKeys: false, logLevel: 'error' })
  const keywords = document.getIn([...path, 'keywords'], true)
  const written = asList(words)
  if (!isMap(keywords)) {
    if (isNode(keywords)) return replace(text, keywords, written)
    const choice = document.getIn([...path, 'result'], true)
    if (!isNode(choice)) throw new Error(`no choice at ${path.join('.')}`)
    throw new Error(`no keywords at ${path.join('.')}`)
  }
  if (language === 'all') return replace(text, keywords, written)
  const list = keywords.get(language, true)
  if (isNode(list)) return replace(text, list, written)
  // The other language is there, or there would be no map.
  const [other] = keywords.items
  if (!isNode(other?.key) || !isNode(other.value))
    return replace(text, keywords, `{ ${language}: ${written} }`)
  const from = other.key.range?.[0] ?? 0
  const kept = text.slice(from, endOf(text, other.value))
  return replace(
    text,
    keywords,
    keywords.flow ? `{ ${kept}, ${language}: ${written} }` : beside(text, from, kept, language, written),
  )
}

/** Below the other language, at its indentation. */
function beside(text: string, from: number, kept: string, language: string, written: string): string {
  const indentation = from - (text.lastIndexOf('\n', from - 1) + 1)
  return `${kept}\n${' '.repeat(indentation)}${language}: ${written}`
}

function replace(text: string, node: Node, written: string): string {
  return text.slice(0, node.range?.[0] ?? 0) + written + text.slice(endOf(text, node))
}

/** A block ends in the white space before whatever comes next, which belongs to the layout. */
function endOf(text: string, node: Node): number {
  const [from = 0, to = 0] = node.range ?? []
  return from + text.slice(from, to).trimEnd().length
}

/** In brackets on one line, as people write them: quotes where YAML would take a word for something else. */
function asList(words: string[]): string {
  return `[${words.map(asWord).join(', ')}]`
}

function asWord(word: string): string {
  const isPlain = /^\p{L}[\p{L}\p{M}\p{N}’ -]*$/u.test(word) && word.trim() === word
  // What some readers of YAML take for true, false and nothing.
  const isOther = /^(y|yes|n|no|on|off|true|false|null)$/i.test(word)
  return isPlain && !isOther ? word : JSON.stringify(word)
}
