/** A number as people write it. */
export interface Figure {
  from: number
  to: number
  /** Its digits without what groups them, and without decimals that are zero: `4200` of `4.200,00`, `12.5` of `12,50`. */
  value: string
}

const written = /\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d{1,2}(?!\d))?/g

/** The numbers in a text, in its order; which mark groups and which divides is told by how many digits follow it. */
export function figuresIn(text: string): Figure[] {
  return [...text.matchAll(written)].map((match) => {
    const [, whole = '', decimals = ''] = /^(.*?)(?:[.,](\d{1,2}))?$/s.exec(match[0]) ?? []
    const fraction = decimals.replace(/0+$/, '')
    const digits = whole.replaceAll(/\D/g, '')
    return {
      from: match.index,
      to: match.index + match[0].length,
      value: fraction === '' ? digits : `${digits}.${fraction}`,
    }
  })
}
