/**
 * The phrases that a pattern stands for: one of each part, in order. A part lists what may stand in its place, and nothing
 * where it may be left out: `combine('doy|damos', 'el|mi|nuestro|', 'visto bueno')`.
 */
export function combine(...parts: string[]): string[] {
  return parts
    .map((part) => part.split('|'))
    .reduce(
      (phrases, choices) =>
        phrases.flatMap((phrase) => choices.map((choice) => `${phrase} ${choice}`.trim())),
      [''],
    )
}
