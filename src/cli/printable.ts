/**
 * Text of strangers (subjects, addresses, bodies, names of attachments) on a terminal: control characters could move the
 * cursor or recolour what stands above, and invisible characters hide or reorder what is read. They are shown in place
 * of working: `␛`, `<U+202E>`. Line feeds and tabs stay, and so does what joins letters and emoji (U+200C, U+200D).
 */
export function printable(text: string): string {
  return text.replace(/(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, shown)
}

/** The same where nothing may begin a line of its own. */
export function printableLine(text: string): string {
  return printable(text).replace(/[\n\t]/g, shown)
}

/** ASCII's control characters have pictures of their own (U+2400), all others their number. */
function shown(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCodePoint(0x2400 + code)
  return code === 0x7f ? '␡' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
}
