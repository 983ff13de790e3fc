/** A text in lines of at most so many letters, the last one cut where there are more than `most`. */
export function wrapWords(text: string, letters: number, most: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && `${last} ${word}`.length <= letters) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  const shown = lines
    .slice(0, most)
    .map((line) => (line.length > letters ? `${line.slice(0, letters - 1)}…` : line))
  const last = shown.at(-1)
  if (lines.length > most && last !== undefined) {
    shown[shown.length - 1] = `${last.slice(0, letters - 1)}…`
  }
  return shown
}
