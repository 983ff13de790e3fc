import { dateAt, dateWords } from '../date-at.ts'
import { deepLanguages } from '../languages/all-languages.ts'
import { type Phrases, phraseAt, phrasesFrom } from '../phrases.ts'
import { type Word, wordsOf } from '../words.ts'

/** An automatic reply says it early. */
const searchedLength = 4 * 1024

/** Words such as `on Monday the` between the introduction and the date. */
const wordsBetween = 5
/** Words between the second day of a range and what introduces it: `au vendredi 27 novembre`. */
const wordsInRange = 2
/** Words from the first day of a range to what introduces the second. */
const rangeReach = 4

const introductions = deepLanguages.map(({ locale, returnDate: { introductions, rangeEnds } }) => ({
  locale,
  introductions: phrasesFrom(introductions.map((phrase) => [phrase, true] as const)),
  rangeEnds: phrasesFrom(rangeEnds.map((phrase) => [phrase, true] as const)),
}))

/**
 * The day named behind words such as *until* or *back on*, as `2026-11-30`, else the second day of a range (`du 23/11 au
 * 27/11`, `23–27 November`); null when there is none that lies before us. It is the day that is named: `until the 7th` may
 * mean that they are back then, or on the day after.
 *
 * @param sentOn When the message was written, by its own clock; a day without year is unknown when it is null.
 */
export function findReturnDate(text: string, sentOn: Date | null): string | null {
  const searched = text.slice(0, searchedLength)
  const words = wordsOf(searched)
  return (
    dayBehind(searched, words, sentOn, 'introductions', wordsBetween) ??
    dayBehind(searched, words, sentOn, 'rangeEnds', wordsInRange)
  )
}

function dayBehind(
  text: string,
  words: Word[],
  sentOn: Date | null,
  introducedBy: 'introductions' | 'rangeEnds',
  between: number,
): string | null {
  const isRange = introducedBy === 'rangeEnds'
  for (let at = 0; at < words.length; at += 1) {
    if (isRange && !isBehindDay(words, at)) continue
    for (const language of introductions) {
      const dates = dateWords.get(language.locale)
      const length =
        isRange && isBehindDash(text, words, at) ? 0 : lengthAt(words, at, language[introducedBy])
      if (length === null || dates === undefined) continue
      for (let skipped = 0; skipped <= between; skipped += 1) {
        const date = dateAt(text, words, at + length + skipped, dates, sentOn)
        if (date !== null) return date.day
      }
    }
  }
  return null
}

function lengthAt(words: Word[], at: number, phrases: Phrases<true>): number | null {
  return phraseAt(words, at, phrases)?.length ?? null
}

function isBehindDay(words: Word[], at: number): boolean {
  return words.slice(Math.max(at - rangeReach, 0), at).some((word) => /^\d{1,4}/.test(word.text))
}

/** A second dash makes a number of a telephone, or a date, of it. */
function isBehindDash(text: string, words: Word[], at: number): boolean {
  if (text[words[at]?.to ?? 0] === '-') return false
  return /^\s?[-–—]\s?$/.test(text.slice(words[at - 1]?.to ?? 0, words[at]?.from))
}
