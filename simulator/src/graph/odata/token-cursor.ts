import { type GraphError, graphErrors } from '../graph-error.ts'
import { type Literal, type Token, tokenise } from './tokenise.ts'

/** What no filter is longer than unless it is hostile. */
const MOST_TOKENS = 500

/** A place in a filter expression that moves on as its parts are taken. */
export interface TokenCursor {
  /** Takes this word or mark when it comes next, and says whether it did. */
  skip(text: string): boolean
  /** The next part when it is a word, without taking it; else empty. */
  wordAhead(): string
  /** @throws GraphError 400 when something else comes */
  takeWord(): string
  takeMark(mark: string): void
  takeLiteral(): Literal
  isAtEnd(): boolean
  /** The refusal of the whole expression. */
  broken(reason: string): GraphError
}

/** @throws GraphError 400 for what has no parts, or too many */
export function openCursor(text: string): TokenCursor {
  const tokens = tokenise(text)
  let at = 0
  const broken = (reason: string) => graphErrors.badRequest(`Invalid filter clause: ${reason} in '${text}'.`)
  if (tokens.length > MOST_TOKENS) throw broken('it is too long')

  function take<Kind extends Token['kind']>(kind: Kind, wanted: string): Extract<Token, { kind: Kind }> {
    const token = tokens[at]
    if (token?.kind !== kind) throw broken(`${wanted} expected at part ${at + 1}`)
    at += 1
    return token as Extract<Token, { kind: Kind }>
  }

  return {
    broken,
    skip(wanted) {
      const token = tokens[at]
      const isNext = token !== undefined && token.kind !== 'literal' && token.text === wanted
      if (isNext) at += 1
      return isNext
    },
    wordAhead() {
      const token = tokens[at]
      return token?.kind === 'word' ? token.text : ''
    },
    takeWord: () => take('word', 'a word').text,
    takeMark(mark) {
      if (take('mark', mark).text !== mark) throw broken(`${mark} expected at part ${at}`)
    },
    takeLiteral: () => take('literal', 'a value').value,
    isAtEnd: () => at === tokens.length,
  }
}
