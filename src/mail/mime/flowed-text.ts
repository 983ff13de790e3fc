/**
 * The paragraphs of a text in `format=flowed` (RFC 3676): lines that end in a space go on in the next, unless it is
 * quoted more or less deeply. `deletesSpaces`: DelSp, by which that space was added for the line break.
 */
export function flowedText(text: string, deletesSpaces: boolean): string {
  const paragraphs: string[][] = []
  let openAt: string | null = null
  for (const written of text.split('\n')) {
    const [stuffing = '', marks = ''] = /^(>*) ?/.exec(written) ?? []
    const line = written.slice(stuffing.length)
    const flows = line.endsWith(' ') && line !== '-- '
    const kept = flows && deletesSpaces ? line.slice(0, -1) : line
    if (openAt === marks) paragraphs.at(-1)?.push(kept)
    else paragraphs.push([marks === '' ? kept : `${marks} ${kept}`])
    openAt = flows ? marks : null
  }
  return paragraphs.map((lines) => lines.join('')).join('\n')
}
