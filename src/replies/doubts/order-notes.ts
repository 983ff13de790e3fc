import { phraseAt, phrasesFrom, withoutLengths } from '../phrases.ts'
import { isName, isSetOff, type Word } from '../words.ts'

/** How a note begins that says where the goods are to go. */
const deliveries = wholeWords(
  'deliver|delivery|please deliver|livrer|à livrer|livraison|merci de livrer|entregar|entrega|entreguen|entregad|entreguem|' +
    'que lo entreguen|que los entreguen',
)

/** Whom to ask for there; somebody who is to be asked has a preposition: `demander à Karim`, `preguntar a Manolo`. */
const asksFor = wholeWords(
  'ask for|demander|demandez|preguntar por|pregunten por|preguntad por|perguntar por|procurar',
)

/** How a note begins that says what the money is booked on, and the prepositions that lead to it. */
const bookings = [
  {
    beginnings: wholeWords('book|book it|book them|book this|please book|charge|charge it|charge them'),
    prepositions: ['on', 'to', 'against', 'under'],
  },
  { beginnings: wholeWords('imputer|à imputer|imputez|à passer|passer'), prepositions: ['sur', 'au'] },
  { beginnings: wholeWords('cargar|cargad|carguen|con cargo'), prepositions: ['a', 'al'] },
  { beginnings: wholeWords('lançar|lance|lancem|debitar'), prepositions: ['no', 'na', 'em', 'ao'] },
]

const nots = new Set(['not', 'pas', 'no', 'nao'])

/** `Mr Tom Brown` */
const mostNames = 3

/** `Not on the sales budget` */
const bookedWords = 5

function wholeWords(phrases: string) {
  return phrasesFrom(phrases.split('|').map((phrase) => [phrase, true] as const))
}

/**
 * The words of a remark less what a note on delivery or booking says with a word of doubt and without any: *ask for* `Sarah`,
 * *not on sales*. Its clause must hold nothing else: `ask for a discount`, `not before May` stay.
 */
export function withoutOrderNotes(text: string, words: Word[]): Word[] {
  if (phraseAt(words, 0, deliveries) !== null) return withoutContacts(text, words)
  for (const { beginnings, prepositions } of bookings) {
    const booking = phraseAt(words, 0, beginnings)
    if (booking !== null && prepositions.includes(words[booking.length]?.text ?? ''))
      return withoutOtherAccount(text, words, prepositions)
  }
  return words
}

function withoutContacts(text: string, words: Word[]): Word[] {
  return withoutLengths(words, (at) => {
    const asks = isSetOff(text, words, at) ? phraseAt(words, at, asksFor) : null
    if (asks === null) return 0
    const start = at + asks.length
    const length = clauseLength(text, words, start)
    const names = words.slice(start, start + length)
    const isNamed = length > 0 && length <= mostNames && names.every((word) => isName(text, word))
    return isNamed ? asks.length + length : 0
  })
}

function withoutOtherAccount(text: string, words: Word[], prepositions: string[]): Word[] {
  return withoutLengths(words, (at) => {
    const isNot = isSetOff(text, words, at) && nots.has(words[at]?.text ?? '')
    if (!isNot || !prepositions.includes(words[at + 1]?.text ?? '')) return 0
    const length = clauseLength(text, words, at)
    const isPlain = words.slice(at, at + length).every((word) => !/\p{N}/u.test(word.text))
    return isPlain && length <= bookedWords ? length : 0
  })
}

/** How many words there are from one to the end of its clause. */
function clauseLength(text: string, words: Word[], start: number): number {
  let end = start
  while (end < words.length && (end === start || !isSetOff(text, words, end))) end += 1
  return end - start
}
