/** Prefixes each line with `>`, without a space on lines that are quotes already (RFC 3676 section 4.5). */
export function quoteLines(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`))
    .join('\n')
}
