import { scanHtml } from './scan-html.ts'

/** What a mail client puts into its quote: the content of `<body>`, or the whole when there is no body tag. */
export function bodyContent(html: string): string {
  let from = 0
  let to = html.length
  scanHtml(html, {
    openTag({ name }, _start, end) {
      if (name === 'body' && from === 0) from = end
    },
    closeTag(name, start) {
      if (name === 'body' && from > 0) to = start
    },
  })
  return html.slice(from, to)
}
