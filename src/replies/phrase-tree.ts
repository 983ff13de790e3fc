/**
 * Phrases by their words, one word a step. Most words lead to a single other one, which stands here itself: a map for each
 * of a hundred thousand steps would cost tens of megabytes, and each look-up a miss of the processor's caches.
 */
export interface PhraseTree<T> {
  /** What the words up to here stand for; undefined when they are only the beginning of a phrase. */
  value: T | undefined
  /** The first word that a phrase goes on with, and how it goes on behind that; null where none goes on. */
  word: string | null
  behind: PhraseTree<T> | null
  /** The same of all further words. */
  others: Map<string, PhraseTree<T>> | null
}

/** How the phrases of each list go on behind a word, by the place of the list. */
export type Beginnings = (PhraseTree<unknown> | undefined)[]

/** A tree of no phrase. */
export function seedling<T>(): PhraseTree<T> {
  return { value: undefined, word: null, behind: null, others: null }
}

/** Where a phrase ends, by its folded words; grown as far as it is not there. */
export function grow<T>(tree: PhraseTree<T>, words: string[]): PhraseTree<T> {
  let branch = tree
  for (const word of words) branch = behindWord(branch, word) ?? branchOff(branch, word)
  return branch
}

function branchOff<T>(tree: PhraseTree<T>, word: string): PhraseTree<T> {
  const branch = seedling<T>()
  if (tree.word === null) {
    tree.word = word
    tree.behind = branch
  } else {
    tree.others ??= new Map()
    tree.others.set(word, branch)
  }
  return branch
}

/** How phrases go on behind a word; undefined when none goes on with it. */
export function behindWord<T>(tree: PhraseTree<T>, word: string | undefined): PhraseTree<T> | undefined {
  if (word === undefined || tree.word === null || tree.behind === null) return undefined
  return tree.word === word ? tree.behind : tree.others?.get(word)
}

/** Each word that a phrase begins with, and how it goes on. */
export function branchesOf<T>({ word, behind, others }: PhraseTree<T>): [word: string, PhraseTree<T>][] {
  return word === null || behind === null ? [] : [[word, behind], ...(others ?? [])]
}
