/** A reply that quotes a thread has far more HTML than text; its own text comes first. */
const maximumLength = 256 * 1024

/** The parser's time grows with the number of open elements at each tag, so an unbounded nesting is quadratic. */
const maximumOpen = 512

/** Elements without content, as the HTML parser knows them; they nest nothing. */
const voids = new Set(
  'area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr'.split(
    ' ',
  ),
)

/** Elements whose end tag people leave out: the next one ends them. */
const selfEnding = new Set('p li dt dd tr td th option'.split(' '))

/** As much of an HTML body as can be parsed in time linear in its length; all of it for any but hostile mail. */
export function boundHtml(html: string): string {
  const bounded = html.slice(0, maximumLength)
  const open: string[] = []
  for (const { 1: slash, 2: written = '', index } of bounded.matchAll(/<(\/?)([a-z][^\s/>]*)/gi)) {
    const name = written.toLowerCase()
    if (slash === '/') {
      const opened = open.lastIndexOf(name)
      if (opened !== -1) open.length = opened
    } else if (!voids.has(name) && !(selfEnding.has(name) && open.at(-1) === name)) {
      if (open.length === maximumOpen) return bounded.slice(0, index)
      open.push(name)
    }
  }
  return bounded
}
