import { deepLanguages } from '../languages/all-languages.ts'
import { phraseAt, phraseKey } from '../phrases.ts'
import { isName, isSetOff, type Word } from '../words.ts'
import { weekdays } from './values/day-words.ts'

/** `Marc`, `Frau Roy` */
const mostNames = 2

/** Words that English and German write with a capital letter and that name nobody: `Yes Friday`. */
const noNames = new Set(
  deepLanguages.flatMap(({ functionWords, requestNouns, returnDate, scopes, hedges, limits }) =>
    [...functionWords, ...requestNouns, ...returnDate.months.flat(), ...scopes, ...hedges, ...limits].flatMap(
      (phrase) => phraseKey(phrase).split(' '),
    ),
  ),
)

/**
 * How many words from here on address somebody: a name or two that punctuation follows (`Oui` *Marc* `!`). 0 when none do:
 * `Yes Tom` may say who it was.
 */
export function vocativeLength(text: string, words: Word[], at: number): number {
  for (let names = 1; names <= mostNames; names += 1) {
    const name = words[at + names - 1]
    if (name === undefined || !isName(text, name) || noNames.has(name.text)) return 0
    if (phraseAt([name], 0, weekdays) !== null) return 0
    const isLast = at + names === words.length
    if (isLast ? /^\s?[,!]/.test(text.slice(name.to)) : isSetOff(text, words, at + names)) return names
  }
  return 0
}
