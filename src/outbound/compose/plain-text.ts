/**
 * Controls (Cc, with CR and LF), line and paragraph separators: they would start a new line in a header or a text
 * part.
 */
const breaks = /[\p{Cc}\u2028\u2029]+/gu
/**
 * Bidirectional controls reorder what the reader sees: an amount, a name, a link (Unicode TR 36, section 2.6). The
 * others of the list are invisible. Joiners stay: emoji and some scripts need them.
 */
const invisible = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g

/** `value`, which anybody may have written, as one line of at most `max` UTF-16 units, cut with `…`. */
export function plainLine(value: string, max: number): string {
  // Four times the length is enough to fill `max` again after blanks and controls have gone.
  const line = value
    .slice(0, max * 4)
    .toWellFormed()
    .replace(breaks, ' ')
    .replace(invisible, '')
    // No-break spaces stay: they hold amounts together.
    .replace(/ {2,}/g, ' ')
    .trim()
  if (line.length <= max && value.length <= max * 4) return line
  // Not in the middle of a surrogate pair.
  return `${line
    .slice(0, max - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`
}

/** `value` as at most `maxLines` lines, each as `plainLine` makes it; empty lines are left out. */
export function plainLines(value: string, maxLines: number, max: number): string[] {
  const lines = value
    .slice(0, maxLines * max * 4)
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => plainLine(line, max))
    .filter((line) => line !== '')
  return lines.length <= maxLines ? lines : [...lines.slice(0, maxLines - 1), '…']
}
