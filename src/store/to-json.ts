/**
 * A value as JSON that PostgreSQL takes and can look into. Half of a surrogate pair, which is what cutting a text may
 * leave, and U+0000 are refused by `jsonb`; `json` stores them, and then fails whoever asks for any member of the value.
 * Both become U+FFFD.
 */
export function toJson(value: object): string {
  const text = JSON.stringify(value)
  return mayBeUnstorable.test(text) ? text.replace(escapes, replaced) : text
}

/** `JSON.stringify` writes pairs as they are, and halves as escapes. */
const mayBeUnstorable = /\\u(?:d[89a-f]|0000)/

/** Each escape as a whole: behind an escaped backslash, `ud800` is text. */
const escapes = /\\(?:u[0-9a-f]{4}|.)/g

function replaced(written: string): string {
  return mayBeUnstorable.test(written) ? '\uFFFD' : written
}
