import { foldKeyword } from '../lib/fold-keyword.ts'

/** A word of a text: folded for comparison, with the UTF-16 offsets of what was written. */
export interface Word {
  text: string
  from: number
  to: number
}

/**
 * An emoji with its modifiers, a run of Chinese or Japanese, or a run of other letters, digits and entities. Invisible
 * characters stay inside a run (they fold away), although U+FEFF counts as white space; an emoji glued to a word is a word
 * of its own, and so is what Chinese and Japanese write beside digits and Latin without a space (`09:31写道`).
 */
const written =
  /\p{Extended_Pictographic}[\p{Variation_Selector}\p{Emoji_Modifier}]*|[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー][\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー\p{Cf}\uFEFF]*|(?:&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});|[[[^\p{P}\p{Sk}\p{Cc}\s=<>\|~]\uFEFF]--[\p{Extended_Pictographic}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー]])+/giv

/** All of ASCII but the ampersand, which may begin an entity. */
const plainText = /^[\0-%'-\x7f]*$/

/** What `written` finds in such a text. */
const plainWord = /[a-z\d$+]+/g
const betweenPlainWords = /[^a-z\d$+]+/g

/**
 * The words of a text in order, folded as keywords are (`foldKeyword`): punctuation and white space divide words and
 * are not in them. Linear in the length.
 */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  // Most lines are plain: spare them the Unicode passes, of which a hostile text could ask for thirty thousand.
  if (plainText.test(text)) {
    for (const { 0: word, index } of text.toLowerCase().matchAll(plainWord)) {
      words.push({ text: word, from: index, to: index + word.length })
    }
    return words
  }
  // Thirty thousand emoji in a line are as a rule the same few.
  const folds = new Map<string, string[]>()
  for (const match of text.matchAll(written)) {
    const [word] = match
    const to = match.index + word.length
    const folded = folds.get(word) ?? fold(word)
    folds.set(word, folded)
    for (const text of folded) words.push({ text, from: match.index, to })
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

/** Whether a word is written like a name: one capital letter, in front. */
export function isName(text: string, { from, to }: Word): boolean {
  return /^\p{Lu}\p{Ll}/u.test(text.slice(from, to))
}

/** Whether punctuation divides a word from the one before it; a hyphen within a word does not. */
export function isSetOff(text: string, words: Word[], at: number): boolean {
  const before = words[at - 1]
  const word = words[at]
  if (before === undefined || word === undefined) return false
  return /[,.;:!…–—()[\]]|\s[-/]\s/.test(text.slice(before.to, word.from))
}

/** The folded words, joined: the key under which phrases are looked up. */
export function keyOf(words: Word[]): string {
  return words.map(({ text }) => text).join(' ')
}

/** The same of a text, without its words one by one; null for a text that is not plain. */
export function plainKey(text: string): string | null {
  return plainText.test(text) ? text.toLowerCase().replace(betweenPlainWords, ' ').trim() : null
}
