import { graphErrors } from '../graph-error.ts'

export type Literal = string | number | boolean | Date | null

export type Token =
  | { kind: 'word'; text: string }
  | { kind: 'mark'; text: string }
  | { kind: 'literal'; value: Literal }

const PATTERN =
  /\s*(?:(?<mark>[():,])|'(?<string>(?:[^']|'')*)'|(?<date>\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d))|(?<number>-?\d+(?:\.\d+)?)(?![\w-])|(?<word>[A-Za-z_@][\w./]*))/y

/**
 * The parts of a filter expression (OData 4.01, URL conventions, section 5.1.1).
 * @throws GraphError 400 for what is none
 */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = []
  const end = text.trimEnd().length
  PATTERN.lastIndex = 0
  while (PATTERN.lastIndex < end) {
    const at = PATTERN.lastIndex
    const groups = PATTERN.exec(text)?.groups
    if (!groups)
      throw graphErrors.badRequest(`Invalid filter clause: syntax error at position ${at} in '${text}'.`)
    tokens.push(readToken(groups))
  }
  return tokens
}

function readToken({ mark, string, date, number, word = '' }: Record<string, string | undefined>): Token {
  if (mark !== undefined) return { kind: 'mark', text: mark }
  if (string !== undefined) return { kind: 'literal', value: string.replaceAll("''", "'") }
  if (date !== undefined) return { kind: 'literal', value: new Date(date) }
  if (number !== undefined) return { kind: 'literal', value: Number(number) }
  if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' }
  return word === 'null' ? { kind: 'literal', value: null } : { kind: 'word', text: word }
}
