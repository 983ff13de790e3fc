/**
 * The form in which keywords are compared. The definition checker refuses two that fold alike, and the reader folds the
 * words of a reply in the same way, so that what passed the checker is told apart in every mail.
 */

/** Entities that form designers leave behind in a keyword, and the letters of French among them. */
const namedEntities: Record<string, string> = {
  nbsp: ' ',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  lsquo: '‘',
  rsquo: '’',
  hellip: '…',
  agrave: 'à',
  acirc: 'â',
  ccedil: 'ç',
  eacute: 'é',
  egrave: 'è',
  ecirc: 'ê',
  icirc: 'î',
  ocirc: 'ô',
  oelig: 'œ',
  ugrave: 'ù',
}

/**
 * Folds a keyword or a stretch of text: entities, compatibility forms (full width, ligatures), case, accents, skin tones,
 * invisible characters, punctuation and runs of white space no longer count. Emoji and `+` remain. The result holds
 * single spaces only and may be empty. Linear in the length, which grows by no more than NFKC lets it (18 times).
 */
export function foldKeyword(text: string): string {
  return (
    decodeEntities(text)
      .normalize('NFKC')
      // By way of upper case: ß and ss, ς and σ, Turkish ı and i fold together, which lower case alone keeps apart.
      // Lower case comes first for ẞ, which has an upper case of its own.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .normalize('NFC')
      .replaceAll('œ', 'oe')
      .replaceAll('æ', 'ae')
      .replace(/[\p{Cf}\p{Variation_Selector}\p{Emoji_Modifier}]/gu, '')
      .replace(/[\p{P}\p{Sk}\p{Cc}\s]+/gu, ' ')
      .trim()
  )
}

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi,
    (entity, decimal?: string, hexadecimal?: string, name?: string) => {
      if (name !== undefined) {
        const key = name.toLowerCase()
        return Object.hasOwn(namedEntities, key) ? (namedEntities[key] ?? entity) : entity
      }
      const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal)
      return code <= 0x10ffff ? String.fromCodePoint(code) : entity
    },
  )
}
