import { phraseAt, phrasesFrom } from '../phrases.ts'
import { isSetOff, type Word } from '../words.ts'

/** The currencies that each mark may stand for. */
const currencies: Record<string, string[]> = {
  ...{ '€': ['EUR'], eur: ['EUR'], euro: ['EUR'], euros: ['EUR'] },
  ...{ $: ['USD', 'CAD', 'MXN'], usd: ['USD'], cad: ['CAD'], mxn: ['MXN'] },
  ...{ '£': ['GBP'], gbp: ['GBP'], chf: ['CHF'], zł: ['PLN'], pln: ['PLN'], brl: ['BRL'] },
}

const mark = Object.keys(currencies)
  .map((written) => written.replace('$', '\\$'))
  .join('|')
const marks = new RegExp(`(?<!\\p{L})(?:${mark})(?!\\p{L})`, 'giu')
const number = String.raw`\d{1,3}(?:[.,'’\s]\d{3})+(?:[.,]\d{2})?|\d+(?:[.,]\d{2})?`
const amount = new RegExp(
  `^(?:(?:${mark})\\s?(?:${number})|(?:${number})\\s?(?:${mark}))(?![\\p{L}\\p{N}])`,
  'iu',
)

/** What may stand before the sum that is asked for. */
const beforeAmounts = phrasesFrom(
  [
    ['for', 'of', 'for the sum of', 'in the amount of', 'for the amount of'],
    ['de', 'pour', 'd’un montant de', 'pour un montant de', 'à hauteur de'],
    ['über', 'von', 'in Höhe von', 'für'],
    ['van', 'voor', 'ten bedrage van', 'ter waarde van'],
    ['por', 'por importe de', 'por un importe de', 'por valor de', 'los'],
    ['di', 'per', 'da', 'dell’importo di', 'per un importo di', 'per un totale di'],
    ['no valor de', 'no montante de', 'os'],
    ['w kwocie', 'na kwotę', 'w wysokości', 'za', 'na'],
  ].flatMap((phrases) => phrases.map((phrase) => [phrase, true] as const)),
)

/**
 * How many words from here on are a sum, when its clause ends with it: `for 4,200 EUR`. 0 when none stands there. Whether it is
 * the one that our mail asks for is compared where that is known (`otherFigure`).
 */
export function amountLength(text: string, words: Word[], at: number): number {
  const before = phraseAt(words, at, beforeAmounts)?.length ?? 0
  const first = words[at + before]
  if (first === undefined || !/[\d€$£]/.test(text.slice(Math.max(0, first.from - 2), first.from + 1)))
    return 0
  const from = /[€$£] ?$/.exec(text.slice(0, first.from))?.index ?? first.from
  const written = amount.exec(text.slice(from))?.[0].trimEnd()
  if (written === undefined) return 0
  const end = words.findIndex((word) => word.from >= from + written.length)
  const to = end === -1 ? words.length : end
  return to === words.length || isSetOff(text, words, to) ? to - at : 0
}

/** The currencies that a text may name. */
export function currenciesIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(marks)].flatMap(([written]) => currencies[written.toLowerCase()] ?? []))
}
