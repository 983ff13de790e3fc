import { Parser } from 'htmlparser2'

/** What a mail client puts into its quote: the content of `<body>`, or the whole when there is no body tag. */
export function bodyContent(html: string): string {
  let start = 0
  let end = html.length
  const parser = new Parser({
    onopentag(name, _attributes, isImplied) {
      if (name === 'body' && !isImplied && start === 0) start = parser.endIndex + 1
    },
    onclosetag(name, isImplied) {
      if (name === 'body' && !isImplied && start > 0) end = parser.startIndex
    },
  })
  parser.end(html)
  return html.slice(start, end)
}
