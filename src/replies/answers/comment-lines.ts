import { isCourtesy } from '../regions/is-courtesy.ts'
import { isMeaningful, type TextLine } from '../text-lines.ts'

/** The lines from the first to the last that say more than a greeting or thanks; blank lines between them stay. */
export function commentLines(lines: TextLine[]): TextLine[] {
  const says = (line: TextLine) => isMeaningful(line) && !isCourtesy(line.words)
  const first = lines.findIndex(says)
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex(says) + 1)
}

/** A comment as it was written: the rest of the answer's own line, then the lines below it without courtesy. */
export function commentText(lines: TextLine[], sameLine = ''): string {
  const below = commentLines(lines)
  const first = below[0]
  // A blank line below the first words belongs to the comment; above all of them it does not.
  const blank = sameLine.trim() !== '' && first !== undefined && lines.indexOf(first) > 0 ? [''] : []
  return [sameLine, ...blank, ...below.map(({ text }) => text.trimEnd())].join('\n').trim()
}
