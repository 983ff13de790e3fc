import { keyOf, type Word, wordsOf } from './words.ts'

/** Phrases to be looked up in a text, each by its folded words, with what it stands for. */
export interface Phrases<T> {
  entries: ReadonlyMap<string, T>
  /** By first word, the number of words of the longest phrase: bounds each look-up, and most words begin none. */
  longestFrom: ReadonlyMap<string, number>
}

/** The folded words of a phrase, joined: the key it is looked up by. Empty when it has no words. */
export function phraseKey(phrase: string): string {
  return keyOf(wordsOf(phrase))
}

/** Makes phrases searchable. Of two that fold alike the later one counts. */
export function phrasesFrom<T>(entries: Iterable<readonly [phrase: string, value: T]>): Phrases<T> {
  const byKey = new Map<string, T>()
  const longestFrom = new Map<string, number>()
  for (const [phrase, value] of entries) {
    const key = phraseKey(phrase)
    if (key === '') continue
    byKey.set(key, value)
    const [first = '', ...others] = key.split(' ')
    longestFrom.set(first, Math.max(longestFrom.get(first) ?? 0, 1 + others.length))
  }
  return { entries: byKey, longestFrom }
}

/** The longest phrase that begins at a word, with its number of words; null when none does. */
export function phraseAt<T>(
  words: Word[],
  at: number,
  phrases: Phrases<T>,
): { value: T; length: number } | null {
  const longest = phrases.longestFrom.get(words[at]?.text ?? '') ?? 0
  for (let length = Math.min(longest, words.length - at); length > 0; length -= 1) {
    const value = phrases.entries.get(keyOf(words.slice(at, at + length)))
    if (value !== undefined) return { value, length }
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
  const kept: Word[] = []
  for (let at = 0; at < words.length; ) {
    const found = phraseAt(words, at, phrases)
    if (found === null) kept.push(...words.slice(at, at + 1))
    at += found?.length ?? 1
  }
  return kept
}
