/** One stretch of a text that was read, cut where its matched words begin and end. */
export interface Stretch {
  region: string
  rule: string
  /** Whether it goes on in the line that the stretch before has begun. */
  isContinued: boolean
  pieces: Piece[]
  lines: number
}

export interface Piece {
  text: string
  /** What matched words were taken for; null of all other text. */
  as: string | null
}

export interface Body {
  text: string
  trace: { region: string; rule: string; from: number; to: number }[]
  matched: { as: string; from: number; to: number }[]
}

/** The stretches of a text in order; those that say nothing are the white space between others, and left out. */
export function regionsOf({ text, trace, matched }: Body): Stretch[] {
  return trace
    .map((entry): Stretch => {
      // The line end belongs to the layout.
      const written = text.slice(entry.from, entry.to)
      const to = entry.from + written.trimEnd().length
      return {
        region: entry.region,
        rule: entry.rule,
        isContinued: entry.from > 0 && text[entry.from - 1] !== '\n',
        pieces: cut(text, entry.from, to, matched),
        lines: written.trimEnd().split('\n').length,
      }
    })
    .filter(({ region, pieces }) => region !== 'blank' && pieces.length > 0)
}

function cut(text: string, from: number, to: number, matched: Body['matched']): Piece[] {
  const pieces: Piece[] = []
  let at = from
  for (const match of matched.toSorted((one, other) => one.from - other.from)) {
    // Words may be taken for two things; the first is underlined, the list beside names both.
    if (match.from < at || match.to > to) continue
    pieces.push({ text: text.slice(at, match.from), as: null })
    pieces.push({ text: text.slice(match.from, match.to), as: match.as })
    at = match.to
  }
  pieces.push({ text: text.slice(at, to), as: null })
  return pieces.filter((piece) => piece.text !== '')
}

const affirming = ['answer', 'typo', 'instruction']

/** Whether matched words decide, or cast a doubt on what does. */
export const isDoubt = (as: string) => !affirming.includes(as)
