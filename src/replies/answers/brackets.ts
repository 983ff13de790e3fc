/** The two sides of a bracket; `#` may be both. */
export interface BracketPair {
  open: string
  close: string
}

/** The pairs in a setting of brackets: `[]`, `##`, or several: `[]()`. */
export function bracketPairs(brackets: string): BracketPair[] {
  if (brackets !== last.brackets) last = { brackets, pairs: pairsIn(brackets) }
  return last.pairs
}

/** An organisation has one setting, or a few. */
let last: { brackets: string; pairs: BracketPair[] } = { brackets: '', pairs: [] }

function pairsIn(brackets: string): BracketPair[] {
  const characters = Array.from(brackets)
  return characters.flatMap((open, index) => {
    const close = characters[index + 1]
    return index % 2 === 1 || close === undefined ? [] : [{ open, close }]
  })
}

/** The pair that opens a text, behind white space. */
export function openingPair(text: string, brackets: string): BracketPair | undefined {
  const [first = ''] = text.trimStart()
  return bracketPairs(brackets).find(({ open }) => open === first)
}

/** Where the bracket closes that was opened before a text begins, with brackets in it counted; -1 where it does not. */
export function closingOf({ open, close }: BracketPair, text: string): number {
  let depth = 1
  let at = 0
  for (const character of text) {
    if (character === close) depth -= 1
    else if (character === open) depth += 1
    if (depth === 0) return at
    at += character.length
  }
  return -1
}
