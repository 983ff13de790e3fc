import { type Doubt, doubt, shifted } from '../doubts/doubt.ts'
import type { Match } from '../reading.ts'
import type { TextLine } from '../text-lines.ts'
import { wordsOf } from '../words.ts'
import { currenciesIn } from './amount-length.ts'
import { type Figure, figuresIn } from './figures-in.ts'

/** So many digits are a sum, and not a count of things. */
const amountDigits = 4

/**
 * A figure in the answer itself that our mail does not have: a count with the same word behind it (`Approved for the 12 laptops` of
 * 15, `les 12 premiers`), a sum in a currency of our mail. Where it is not known what our mail said, any figure is one.
 */
export function otherFigure(
  { text, words, from }: TextLine,
  matched: Match[],
  sentText: string | null,
): Doubt | null {
  const answered = matched.filter(({ as }) => as === 'answer')
  const isAnswer = (at: number) => answered.some((match) => from + at >= match.from && from + at < match.to)
  const figures = /\d/.test(text) ? figuresIn(text).filter((figure) => isAnswer(figure.from)) : []
  if (figures.length === 0) return null
  const sent = sentText ?? ''
  const sentFigures = figuresIn(sent)
  const ours = currenciesIn(sent)
  const other = figures.find((figure) => {
    const counted = wordBehind(text, figure)
    const isSum = figure.value.length >= amountDigits || currenciesIn(counted ?? '').size > 0
    // `Oui, à 100 %`
    if (counted === undefined && !isSum) return false
    return !sentFigures.some(
      (one) => one.value === figure.value && (isSum || countedWords(sent, one).includes(counted)),
    )
  })
  const named = currenciesIn(
    answered.map((match) => text.slice(match.from - from, match.to - from)).join(' '),
  )
  const isOtherCurrency = named.size > 0 && ![...named].some((currency) => ours.has(currency))
  const figure = other ?? (isOtherCurrency ? figures[0] : undefined)
  const at = words.find((word) => figure !== undefined && word.to > figure.from)
  return at === undefined ? null : shifted(doubt('scope', [at]), from)
}

/** How many words a mail of ours counts something in: `12` *ordinateurs portables*. */
const mostCounted = 3

/** The words that a figure may count, to the next figure or punctuation. */
function countedWords(text: string, { to }: Figure): (string | undefined)[] {
  const behind = /^[^\n.,;:()\d]*/.exec(text.slice(to, to + 100))?.[0] ?? ''
  return wordsOf(behind)
    .slice(0, mostCounted)
    .map((word) => word.text)
}

function wordBehind(text: string, { to }: Figure): string | undefined {
  return wordsOf(text.slice(to, to + 60))[0]?.text
}
