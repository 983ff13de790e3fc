/** Text as an IMAP string: quoted where that is allowed, else a literal in UTF-8 (RFC 3501, section 4.3). */
export function writeString(text: string): string {
  if (/^[ -~]{0,1000}$/.test(text)) return `"${text.replace(/["\\]/g, '\\$&')}"`
  const octets = Buffer.from(text)
  return `{${octets.length}}\r\n${octets.toString('latin1')}`
}

/** The same, or NIL for what is not there. */
export function writeOptional(text: string | undefined): string {
  return text === undefined ? 'NIL' : writeString(text)
}
