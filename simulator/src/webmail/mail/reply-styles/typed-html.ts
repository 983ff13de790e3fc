import { escapeHtml } from '../escape-html.ts'

/** The person's text as HTML, one `<div>` a line as webmails write it, runs of spaces kept. */
export function typedHtml(text: string): string {
  return text
    .split('\n')
    .map((line) => `<div>${line === '' ? '<br>' : escapeHtml(line).replaceAll('  ', ' &nbsp;')}</div>`)
    .join('')
}
