/** PostgreSQL stores neither NUL nor lone surrogates in text. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed()
}
