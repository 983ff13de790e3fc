import { type Look, lookOf } from './look-of.ts'

/** What the style sheets of a mail say of elements: by `.class`, `#id` and element name. */
export type Styles = ReadonlyMap<string, Look>

/** A mail with more is a template, whose rules are all alike. */
const longest = 64 * 1024

/** Conditions under which the rules do not hold for a person at a desk, or may not. */
const isConditional = /\(|print|speech|^@(?!media|supports|layer)/i

/**
 * Reads style sheets as far as they hide text. A rule counts for whatever its last simple selector names, wherever that
 * stands, because hiding too much only makes the reader ask. Linear in the length.
 */
export function readStyles(sheet: string): Styles {
  const styles = new Map<string, Look>()
  const css = withoutComments(sheet.slice(0, longest))
  /** For each open brace, whether the rules in it hold. */
  const open: boolean[] = []
  let prelude = ''
  let from = 0
  for (let at = 0; at < css.length; at += 1) {
    const character = css[at]
    if (character === '{') {
      prelude = css.slice(from, at).trim()
      open.push(open.at(-1) !== false && !(prelude.startsWith('@') && isConditional.test(prelude)))
      from = at + 1
    } else if (character === '}') {
      const holds = open.pop()
      if (holds === true && prelude !== '' && !prelude.startsWith('@'))
        add(styles, prelude, css.slice(from, at))
      prelude = ''
      from = at + 1
    }
  }
  return styles
}

/** `<!--` and `-->` stand in style sheets for clients of long ago. */
function withoutComments(css: string): string {
  const [first = '', ...others] = css.split('/*')
  const kept = others.map((part) => (part.includes('*/') ? part.slice(part.indexOf('*/') + 2) : ''))
  return [first, ...kept].join(' ').replaceAll('<!--', ' ').replaceAll('-->', ' ')
}

function add(styles: Map<string, Look>, selectors: string, declarations: string): void {
  const look = lookOf(declarations)
  if (Object.keys(look).length === 0) return
  for (const selector of selectors.split(',')) {
    const last =
      selector
        .trim()
        .split(/[\s>+~]+/)
        .at(-1) ?? ''
    // `:hover` and `[data-x]` say when the rule holds, which is not known here.
    if (/[:[]/.test(last)) continue
    // Without a document type, as mail is, browsers compare the names of classes without regard to case.
    const key = (/[.#][^.#]+$/.exec(last)?.[0] ?? last).toLowerCase()
    styles.set(key, { ...styles.get(key), ...look })
  }
}
