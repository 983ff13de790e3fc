/** The entries in an order that is the same for the same seed and length. */
export function shuffle<Entry>(entries: Entry[], seed: number): Entry[] {
  const random = randomFrom(seed)
  return entries
    .map((entry) => ({ entry, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ entry }) => entry)
}

/** Numbers below 2^31, by a linear congruential generator. */
function randomFrom(seed: number): () => number {
  let state = seed % 2 ** 31
  return () => {
    state = (state * 48_271 + 1) % (2 ** 31 - 1)
    return state
  }
}
