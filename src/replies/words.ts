import { foldKeyword } from '../lib/fold-keyword.ts'
import type { Beginnings } from './phrase-tree.ts'

/** A word of a text: folded for comparison, with the UTF-16 offsets of what was written. */
export interface Word {
  text: string
  from: number
  to: number
  /** How the lists of phrases go on behind it, null where it begins none; undefined until somebody asks (`phrases.ts`). */
  beginnings: Beginnings | null | undefined
}

/**
 * An emoji with its modifiers, a run of Chinese or Japanese, or a run of other letters, digits and entities. Invisible
 * characters stay inside a run (they fold away), although U+FEFF counts as white space; an emoji glued to a word is a word
 * of its own, and so is what Chinese and Japanese write beside digits and Latin without a space (`09:31写道`).
 */
const written =
  /\p{Extended_Pictographic}[\p{Variation_Selector}\p{Emoji_Modifier}]*|[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー][\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー\p{Cf}\uFEFF]*|(?:&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});|[[[^\p{P}\p{Sk}\p{Cc}\s=<>\|~]\uFEFF]--[\p{Extended_Pictographic}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー]])+/giv

/** What most texts are made of: ASCII, the letters of Latin script, and the punctuation that is set with them. */
const latinEnd = 0x250
const punctuationFrom = 0x2010
const punctuationEnd = 0x2028

/** What keyboards write beside letters and digits and is in a word (`$5`, `+1`). */
const symbolsInWords = /^[$+]$/

/**
 * What each of these characters folds to, `''` for one that divides words. The others have none, and so has the ampersand,
 * which may begin an entity: what they mean hangs on their neighbours.
 */
const folds = Array.from({ length: punctuationEnd }, (_, code) => {
  if (code >= latinEnd && code < punctuationFrom) return undefined
  const character = String.fromCharCode(code)
  if (character === '&') return undefined
  if (/[\p{P}\p{Sk}\p{Cc}\s=<>|~]/u.test(character)) return ''
  const folded = foldKeyword(`a${character}a`).slice(1, -1)
  return /^\p{L}+$|^\d$/u.test(folded) || symbolsInWords.test(folded) ? folded : undefined
})

/**
 * The words of a text in order, folded as keywords are (`foldKeyword`): punctuation and white space divide words and
 * are not in them. Linear in the length.
 */
export function wordsOf(text: string): Word[] {
  const known = lately.get(text)
  if (known !== undefined) return known
  const words = latinWords(text) ?? writtenWords(text)
  if (lately.size >= mostLately) lately.clear()
  if (text.length <= longestLately) lately.set(text, words)
  return words
}

/** A short reply is looked at as a line, as a sentence and as an answer, by several steps one after the other. */
const lately = new Map<string, Word[]>()
const mostLately = 32
const longestLately = 200

/** Character by character, for most lines are Latin and a pass of regular expressions costs much more; null for others. */
function latinWords(text: string): Word[] | null {
  const words: Word[] = []
  let word = ''
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    const folded = folds[text.charCodeAt(at)]
    if (folded === undefined) return null
    if (folded !== '') {
      if (word === '') from = at
      word += folded
    } else if (word !== '') {
      words.push({ text: word, from, to: at, beginnings: undefined })
      word = ''
    }
  }
  if (word !== '') words.push({ text: word, from, to: text.length, beginnings: undefined })
  return words
}

function writtenWords(text: string): Word[] {
  const words: Word[] = []
  // Thirty thousand emoji in a line are as a rule the same few.
  const folded = new Map<string, string[]>()
  for (const match of text.matchAll(written)) {
    const [word] = match
    const to = match.index + word.length
    const texts = folded.get(word) ?? fold(word)
    folded.set(word, texts)
    for (const text of texts) words.push({ text, from: match.index, to, beginnings: undefined })
  }
  return words
}

/** A longer run is no word; NFKC could make eighteen times as much of it. */
const longestWord = 200

/** Several words where an entity such as `&nbsp;` stands between them, none where nothing visible is left. */
function fold(text: string): string[] {
  if (/^[a-z0-9]+$/i.test(text)) return [text.toLowerCase()]
  if (text.length > longestWord) return [text]
  const folded = foldKeyword(text)
  return folded === '' ? [] : folded.split(' ')
}

/**
 * Words without the letters that are written again and again (`siii`, `yesss`): three of a kind are none in any language
 * that is read deeply. What is nothing but one letter stays.
 */
export function unstretched(text: string, words: Word[]): Word[] {
  if (!/(\p{L})\1\1/iu.test(text)) return words
  return words.map((word) => {
    const short = word.text.replaceAll(/(\p{L})\1{2,}/gu, '$1')
    return short.length < 2 ? word : { ...word, text: short, beginnings: undefined }
  })
}

/** Whether a word is written like a name: one capital letter, in front. */
export function isName(text: string, { from, to }: Word): boolean {
  return /^\p{Lu}\p{Ll}/u.test(text.slice(from, to))
}

/** Whether punctuation divides a word from the one before it; a hyphen within a word does not. */
export function isSetOff(text: string, words: Word[], at: number): boolean {
  const before = words[at - 1]
  const word = words[at]
  if (before === undefined || word === undefined || isSpace(text, before, word)) return false
  return /[,.;:!…–—()[\]]|\s[-/]\s/.test(text.slice(before.to, word.from))
}

/** Whether nothing but a space stands between two words, as between most. */
export function isSpace(text: string, before: Word, word: Word): boolean {
  return word.from === before.to + 1 && text[before.to] === ' '
}

/** The folded words, joined: the key under which phrases are looked up. */
export function keyOf(words: Word[]): string {
  return words.map(({ text }) => text).join(' ')
}
