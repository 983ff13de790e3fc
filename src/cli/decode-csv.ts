/**
 * The text of a file as spreadsheets write it, as the page of the import takes it: UTF-8, or UTF-16 with its mark (`Unicode
 * text` of Excel), else Windows-1252, which Excel in western Europe writes where it says CSV and nothing more.
 */
export function decodeCsv(octets: Buffer): string {
  if (octets[0] === 0xff && octets[1] === 0xfe) return new TextDecoder('utf-16le').decode(octets)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets)
  } catch {
    return new TextDecoder('windows-1252').decode(octets)
  }
}
