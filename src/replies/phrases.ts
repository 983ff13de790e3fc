import { keyOf, type Word, wordsOf } from './words.ts'

/** Phrases to be looked up in a text, with what each stands for. */
export interface Phrases<T> {
  /** Its bit in `Word.begins`; 0 for phrases without one. */
  bit: number
  /** A word a step: most words of a text begin no phrase, and none is looked up twice. */
  tree: PhraseTree<T>
}

/** Phrases that can be counted and looked up whole, too. */
export interface PhraseList<T> extends Phrases<T> {
  /** By their folded words, joined. */
  entries: ReadonlyMap<string, T>
}

interface PhraseTree<T> {
  /** What the words up to here stand for; undefined when they are only the beginning of a phrase. */
  value: T | undefined
  /** Null where no phrase goes on: most of tens of thousands end here, and a map for each would cost megabytes. */
  next: Map<string, PhraseTree<T>> | null
}

/** The folded words of a phrase, joined: the key it is looked up by. Empty when it has no words. */
export function phraseKey(phrase: string): string {
  return keyOf(wordsOf(phrase))
}

/** Makes phrases searchable. Of two that fold alike the later one counts. */
export function phrasesFrom<T>(entries: Iterable<readonly [phrase: string, value: T]>): PhraseList<T> {
  const byKey = new Map<string, T>()
  for (const [phrase, value] of entries) {
    const key = phraseKey(phrase)
    if (key !== '') byKey.set(key, value)
  }
  const tree: PhraseTree<T> = { value: undefined, next: null }
  for (const [key, value] of byKey) grow(tree, key, value)
  return { entries: byKey, tree, bit: 0 }
}

/** The same phrases and more, by folded word, of which each counts before one of the same words; what they share is not copied. */
export function withMore<T>({ tree }: Phrases<T>, more: ReadonlyMap<string, T>): Phrases<T> {
  const own = new Set<PhraseTree<T>>()
  const grown = copied(tree, own)
  for (const [key, value] of more) grow(grown, key, value, own)
  return { tree: grown, bit: 0 }
}

/** Adds a phrase to a tree. Branches that are not its own, where it has some, are copied first. */
function grow<T>(tree: PhraseTree<T>, key: string, value: T, own?: Set<PhraseTree<T>>): void {
  let branch = tree
  for (const word of key.split(' ')) {
    branch.next ??= new Map()
    let next = branch.next.get(word) ?? { value: undefined, next: null }
    if (own !== undefined && !own.has(next)) next = copied(next, own)
    branch.next.set(word, next)
    branch = next
  }
  branch.value = value
}

function copied<T>({ value, next }: PhraseTree<T>, own: Set<PhraseTree<T>>): PhraseTree<T> {
  const copy = { value, next: next && new Map(next) }
  own.add(copy)
  return copy
}

/** Of each word that begins a phrase of the lists that have a bit: the bits of these. */
const beginnings = new Map<string, number>()
let bits = 0

/**
 * The same phrases, with a bit as long as there are any: a word is then looked up once for all such lists, where it begins a
 * phrase of none or few.
 */
export function withBit<T>(phrases: PhraseList<T>): PhraseList<T> {
  if (bits === mostBits) return phrases
  const bit = 1 << bits
  bits += 1
  for (const word of phrases.tree.next?.keys() ?? []) beginnings.set(word, (beginnings.get(word) ?? 0) | bit)
  return { ...phrases, bit }
}

/** A small integer has so many. */
const mostBits = 30

function mayBegin(word: Word, bit: number): boolean {
  if (word.begins === -1) word.begins = beginnings.get(word.text) ?? 0
  return (word.begins & bit) !== 0
}

/** Whether any phrase begins with a word. */
export function beginsPhrase({ text }: Word, { tree }: Phrases<unknown>): boolean {
  return tree.next?.has(text) === true
}

/** The longest phrase that begins at a word, with its number of words; null when none does. */
export function phraseAt<T>(
  words: Word[],
  at: number,
  { tree, bit }: Phrases<T>,
): { value: T; length: number } | null {
  const first = words[at]
  if (first === undefined || (bit !== 0 && !mayBegin(first, bit))) return null
  let found: { value: T; length: number } | null = null
  let branch = tree.next?.get(first.text)
  for (let length = 1; branch !== undefined; length += 1) {
    if (branch.value !== undefined) found = { value: branch.value, length }
    branch = branch.next?.get(words[at + length]?.text ?? '')
  }
  return found
}

/** The words of the first of the phrases that stands anywhere in them and counts, with its value; null when none does. */
export function findPhrase<T>(
  words: Word[],
  phrases: Phrases<T>,
  counts: (words: Word[], value: T) => boolean = () => true,
): { value: T; words: Word[] } | null {
  for (let at = 0; at < words.length; at += 1) {
    const found = phraseAt(words, at, phrases)
    if (found === null) continue
    const written = words.slice(at, at + found.length)
    if (counts(written, found.value)) return { value: found.value, words: written }
  }
  return null
}

/** Whether any of the phrases stands anywhere in the words. */
export function holdsPhrase(words: Word[], phrases: Phrases<unknown>): boolean {
  return words.some((_, at) => phraseAt(words, at, phrases) !== null)
}

/** Whether the words are one of the phrases and nothing more. */
export function isPhrase(words: Word[], phrases: Phrases<unknown>): boolean {
  return words.length > 0 && phraseAt(words, 0, phrases)?.length === words.length
}

/** The words that are part of none of the phrases. */
export function withoutPhrases(words: Word[], phrases: Phrases<unknown>): Word[] {
  return withoutLengths(words, (at) => phraseAt(words, at, phrases)?.length ?? 0)
}

/** The words less what begins at some of them: so many words from a place on. */
export function withoutLengths(words: Word[], lengthAt: (at: number) => number): Word[] {
  const kept: Word[] = []
  for (let at = 0; at < words.length; ) {
    const length = lengthAt(at)
    if (length === 0) kept.push(...words.slice(at, at + 1))
    at += length || 1
  }
  return kept
}
