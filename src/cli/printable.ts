/**
 * Text of strangers (subjects, addresses, names of attachments) on a terminal: control characters could move the
 * cursor or recolour what stands above, and invisible direction marks could reorder it.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (character) =>
    character === '\n' || character === '\t' ? character : '\ufffd',
  )
}
