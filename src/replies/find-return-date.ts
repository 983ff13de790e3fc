import { dateAt, dateWords } from './date-at.ts'
import { deepLanguages } from './languages/all-languages.ts'
import { phraseAt, phrasesFrom } from './phrases.ts'
import { wordsOf } from './words.ts'

/** An automatic reply says it early. */
const searchedLength = 8 * 1024

/** Words such as `on Monday the` between the introduction and the date. */
const wordsBetween = 5

const introductions = deepLanguages.map(({ locale, returnDate }) => ({
  locale,
  phrases: phrasesFrom(returnDate.introductions.map((phrase) => [phrase, true] as const)),
}))

/**
 * The day named behind words such as *until* or *back on*, as `2026-11-30`; null when there is none. A date without
 * year is the next one from the message's own date; `3/4/2026` in English is nobody's date and not guessed.
 */
export function findReturnDate(text: string, sentOn: Date | null): string | null {
  const words = wordsOf(text.slice(0, searchedLength))
  for (let at = 0; at < words.length; at += 1) {
    for (const { locale, phrases } of introductions) {
      const introduction = phraseAt(words, at, phrases)
      const language = dateWords.get(locale)
      if (introduction === null || language === undefined) continue
      const start = at + introduction.length
      for (let skipped = 0; skipped <= wordsBetween; skipped += 1) {
        const date = dateAt(words, start + skipped, language, sentOn)
        if (date !== null) return date.day
      }
    }
  }
  return null
}
