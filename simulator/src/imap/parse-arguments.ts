import { badArguments } from './imap-refusal.ts'

/** An argument of a command (RFC 3501, section 4): an atom, a quoted string or literal, or a parenthesised list. */
export type Argument = { atom: string } | { string: Buffer } | { list: Argument[] }

const NESTING_LIMIT = 32
/** Stands in the text for a literal, its position before it: an OBJECT REPLACEMENT CHARACTER, as which no octet reads. */
export const LITERAL_MARK = '\uFFFC'
// An atom here is whatever stands between separators: flags, sequence sets and patterns too, which RFC 3501 writes apart.
const ATOM = /[!#-'*-z|}~]/
const QUOTED = /"((?:[ !#-[\]-~\t]|\\["\\])*)"/y
const LITERAL = /(\d+)\uFFFC/y

/**
 * Reads the arguments of a command.
 * @param text in Latin-1; each literal stands in it as its position in `literals` and the mark
 * @throws ImapRefusal BAD
 */
export function parseArguments(text: string, literals: Buffer[]): Argument[] {
  let at = 0

  function readList(end: ')' | '', depth: number): Argument[] {
    if (depth > NESTING_LIMIT) throw badArguments()
    const items: Argument[] = []
    for (;;) {
      while (text[at] === ' ') at += 1
      if (at >= text.length || text[at] === ')') {
        if ((text[at] ?? '') !== end) throw badArguments()
        at += 1
        return items
      }
      items.push(readOne(depth))
      if (at < text.length && text[at] !== ' ' && text[at] !== ')') throw badArguments()
    }
  }

  function readOne(depth: number): Argument {
    if (text[at] === '(') {
      at += 1
      return { list: readList(')', depth + 1) }
    }
    const quoted = match(QUOTED)
    if (quoted !== null) return { string: Buffer.from(quoted.replace(/\\(.)/g, '$1'), 'latin1') }
    const literal = match(LITERAL)
    if (literal !== null) return { string: literals[Number(literal)] ?? Buffer.alloc(0) }
    return { atom: readAtom() }
  }

  function match(pattern: RegExp): string | null {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (!found) return null
    at += found[0].length
    return found[1] ?? ''
  }

  /** `BODY[HEADER.FIELDS (From To)]<0.100>` is one atom: what stands in its brackets belongs to it. */
  function readAtom(): string {
    const start = at
    while (at < text.length && ATOM.test(text[at] ?? '')) {
      if (text[at] === '[') {
        const close = text.indexOf(']', at)
        if (close < 0) throw badArguments()
        at = close
      }
      at += 1
    }
    if (at === start || text.slice(start, at).includes(LITERAL_MARK)) throw badArguments()
    return text.slice(start, at)
  }

  return readList('', 0)
}

/** The text of an atom or string in Latin-1, so that no octet is lost. @throws ImapRefusal BAD for a list or nothing */
export function textOf(argument: Argument | undefined): string {
  if (!argument || 'list' in argument) throw badArguments()
  return 'atom' in argument ? argument.atom : argument.string.toString('latin1')
}

/** The members of a list. @throws ImapRefusal BAD for anything else */
export function listOf(argument: Argument | undefined): Argument[] {
  if (!argument || !('list' in argument)) throw badArguments()
  return argument.list
}
