/** Bytes that tell a spreadsheet that the file is UTF-8. */
export const CSV_MARK = '\ufeff'

/**
 * A line of CSV (RFC 4180) for a spreadsheet. What a spreadsheet would take for a formula begins with an apostrophe then
 * (https://owasp.org/www-community/attacks/CSV_Injection): whoever wrote a comment must not run anything where it is opened.
 */
export function csvLine(cells: (string | number)[]): string {
  return `${cells.map((cell) => quoted(typeof cell === 'number' ? String(cell) : harmless(cell))).join(',')}\r\n`
}

/** Also in full width, which some spreadsheets fold, and behind white space and control characters, which some strip. */
const FORMULA = /^[\s\p{Cc}]*[=+\-@＝＋－＠|%]|^\p{Cc}/u

const harmless = (text: string) => (FORMULA.test(text) ? `'${text}` : text)

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
