/** Phrases by their words, one word a step. */
export interface PhraseTree<T> {
  /** What the words up to here stand for; undefined when they are only the beginning of a phrase. */
  value: T | undefined
  /** Null where no phrase goes on: most of tens of thousands end here, and a map for each would cost megabytes. */
  next: Map<string, PhraseTree<T>> | null
}

/** How the phrases of each list go on behind a word, by the place of the list. */
export type Beginnings = (PhraseTree<unknown> | undefined)[]

/** Adds a phrase, its folded words joined. */
export function grow<T>(tree: PhraseTree<T>, key: string, value: T): void {
  let branch = tree
  for (const word of key.split(' ')) {
    branch.next ??= new Map()
    const next = branch.next.get(word) ?? { value: undefined, next: null }
    branch.next.set(word, next)
    branch = next
  }
  branch.value = value
}
