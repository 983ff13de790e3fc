import { type Beginnings, behindWord, branchesOf, grow, type PhraseTree, seedling } from './phrase-tree.ts'
import { keyOf, type Word, wordsOf } from './words.ts'

/** Phrases to be looked up in a text, with what each stands for. */
export interface Phrases<T> {
  /** Its place in `Word.beginnings`; -1 for phrases without one. */
  place: number
  /** A word a step: most words of a text begin no phrase, and none is looked up twice. */
  tree: PhraseTree<T>
}

/** A few phrases that can be gone through, too. */
export interface PhraseList<T> extends Phrases<T> {
  /** By their folded words, joined. */
  entries: ReadonlyMap<string, T>
}

/** The folded words of a phrase, joined: the key it is looked up by. Empty when it has no words. */
export function phraseKey(phrase: string): string {
  return keyOf(wordsOf(phrase))
}

/** Makes phrases searchable. Of two that fold alike the later one counts. */
export function phrasesFrom<T>(phrases: Iterable<readonly [phrase: string, value: T]>): PhraseList<T> {
  const entries = new Map<string, T>()
  for (const [phrase, value] of phrases) {
    const key = phraseKey(phrase)
    if (key !== '') entries.set(key, value)
  }
  return { entries, ...foldedPhrases(entries) }
}

/** The same of phrases that are folded already (`phraseKey`), which are not kept beside their tree. */
export function foldedPhrases<T>(entries: Iterable<readonly [key: string, value: T]>): Phrases<T> {
  const tree = seedling<T>()
  for (const [key, value] of entries) grow(tree, key.split(' ')).value = value
  return { tree, place: -1 }
}

/**
 * Lists of phrases as one, of which several may fold alike: `gather` makes one value of what they stand for.
 */
export function gatheredPhrases<T, Value>(
  lists: Iterable<readonly [phrases: string[], value: Value]>,
  gather: (known: T | undefined, value: Value) => T,
): Phrases<T> {
  const tree = seedling<T>()
  for (const [phrases, value] of lists) {
    for (const phrase of phrases) {
      const words = wordsOf(phrase).map(({ text }) => text)
      if (words.length === 0) continue
      const branch = grow(tree, words)
      branch.value = gather(branch.value, value)
    }
  }
  return { tree, place: -1 }
}

/** What a whole phrase stands for, by its folded words, joined; undefined for one that is none of these. */
export function wholePhrase<T>(key: string, { tree }: Phrases<T>): T | undefined {
  let branch: PhraseTree<T> | undefined = tree
  for (const word of key.split(' ')) branch = branch && behindWord(branch, word)
  return branch?.value
}

const beginnings = new Map<string, Beginnings>()
let places = 0

/** The same phrases with a place: a word is then looked up once for all such lists, and most words begin none of them. */
export function withPlace<T>({ tree }: Phrases<T>): Phrases<T> {
  const place = places
  places += 1
  for (const [word, branch] of branchesOf(tree)) {
    const known = beginnings.get(word) ?? []
    known[place] = branch
    beginnings.set(word, known)
  }
  return { tree, place }
}

/** How phrases go on behind a word that they begin with; undefined when none does. */
export function branchAt<T>(word: Word, { tree, place }: Phrases<T>): PhraseTree<T> | undefined {
  if (place === -1) return behindWord(tree, word.text)
  if (word.beginnings === undefined) word.beginnings = beginnings.get(word.text) ?? null
  return word.beginnings?.[place] as PhraseTree<T> | undefined
}

/**
 * The longest phrase that begins at a word, with its number of words; null when none does.
 *
 * @param meant What a phrase stands for here; null for one that does not count.
 */
export function phraseAt<T, Meant = T>(
  words: Word[],
  at: number,
  phrases: Phrases<T>,
  meant: (value: T) => Meant | null = asItIs,
): { value: Meant; length: number } | null {
  const first = words[at]
  let found: { value: Meant; length: number } | null = null
  let branch = first && branchAt(first, phrases)
  for (let length = 1; branch !== undefined; length += 1) {
    const value = branch.value === undefined ? null : meant(branch.value)
    if (value !== null) found = { value, length }
    branch = behindWord(branch, words[at + length]?.text)
  }
  return found
}

function asItIs<T, Meant>(value: T): Meant {
  return value as unknown as Meant
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
  // Nothing begins anywhere in most lines, and then the words are the same.
  let kept: Word[] | null = null
  for (let at = 0; at < words.length; ) {
    const length = lengthAt(at)
    if (length > 0) kept ??= words.slice(0, at)
    else kept?.push(words[at] as Word)
    at += length || 1
  }
  return kept ?? words
}
