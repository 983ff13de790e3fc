import { groupMark } from './group-mark.ts'

/** A number as digits, so that none is lost. */
export interface Decimal {
  isNegative: boolean
  /** Digits before and behind the point; the latter may be empty. */
  whole: string
  fraction: string
}

const plain = /^(\d+)(?:[.,](\d+))?$/

/** By the mark between groups of three digits, and in India behind groups of two. */
const grouped = new Map(
  [' ', "'", ',', '.'].map((mark) => {
    const group = mark === '.' ? '\\.' : mark
    const decimal = mark === ',' ? '\\.' : mark === '.' ? ',' : '[.,]'
    const indian = mark === ',' ? '|\\d{1,2}(?:,\\d{2})+,\\d{3}' : ''
    const digits = `(?!0)(\\d{1,3}(?:${group}\\d{3})+${indian})`
    return [mark, new RegExp(`^${digits}(?:${decimal}(\\d+))?$`)]
  }),
)

/**
 * Everything that a text may mean as a number, in the writer's own notation: nothing for a text that is none, two for
 * `1,250`. What the approver's language groups digits with settles that (`1,250` in English, `1.250` in German); what it
 * begins decimals with does not, because hardly anybody writes three of them.
 *
 * @param locale Null when the language is not to settle anything.
 */
export function decimalsIn(text: string, locale: string | null): Decimal[] {
  const match = /^([-−]?)(\d.*)$/s.exec(text)
  if (match === null) return []
  const isNegative = match[1] !== ''
  const written = (match[2] ?? '')
    // A full stop ends a sentence.
    .replace(/\.$/, '')
    .replaceAll(/\p{Zs}/gu, ' ')
    .replaceAll('’', "'")
  const decimal = (found: RegExpExecArray): Decimal => ({
    isNegative,
    whole: (found[1] ?? '').replaceAll(/\D/g, ''),
    fraction: found[2] ?? '',
  })
  const groupings = [...grouped].flatMap(([mark, pattern]) => {
    const found = pattern.exec(written)
    return found === null ? [] : [{ mark, decimal: decimal(found) }]
  })
  const settled = locale === null ? undefined : groupings.find(({ mark }) => mark === groupMark(locale))
  if (settled !== undefined) return [settled.decimal]
  const unmarked = plain.exec(written)
  return [...groupings.map(({ decimal }) => decimal), ...(unmarked === null ? [] : [decimal(unmarked)])]
}
