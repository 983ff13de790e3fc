/** A written date in a notation: the first of a month is `1er` in French, which `Intl` does not know. */
export function withFirstOfMonth(written: string, notation: string): string {
  return notation.startsWith('fr') ? written.replace(/(?<=^| )1 (?=\p{L})/u, '1er ') : written
}
