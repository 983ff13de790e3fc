/** A file that stands in a text, as mailers did before MIME and some gateways still do. */
export interface UuencodedFile {
  filename: string
  size: number
}

/** The text without the files that are uuencoded in it, as clients show it that list them as attachments. */
export function takeUuencodedFiles(text: string): { text: string; files: UuencodedFile[] } {
  const files: UuencodedFile[] = []
  if (!/^begin [0-7]{3,4} /m.test(text)) return { text, files }
  const kept: string[] = []
  let block: { lines: string[]; file: UuencodedFile } | null = null
  for (const line of text.split('\n')) {
    const filename = /^begin [0-7]{3,4} (\S.*)$/.exec(line)?.[1]
    if (block !== null && line === 'end') {
      files.push(block.file)
      block = null
    } else if (block !== null && isUuencoded(line)) {
      block.lines.push(line)
      block.file.size += octetsIn(line)
    } else {
      if (block !== null) kept.push(block.lines.join('\n'))
      block = filename === undefined ? null : { lines: [line], file: { filename, size: 0 } }
      if (block === null) kept.push(line)
    }
  }
  return { text: [...kept, ...(block?.lines ?? [])].join('\n'), files }
}

/** A letter for the number of octets, then four for each three of them; with some mailers one more, a checksum. */
function isUuencoded(line: string): boolean {
  const length = 1 + Math.ceil(octetsIn(line) / 3) * 4
  return /^[ -`]{1,62}$/.test(line) && (line.length === length || line.length === length + 1)
}

function octetsIn(line: string): number {
  return (line.charCodeAt(0) - 32) & 63
}
