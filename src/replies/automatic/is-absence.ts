import { deepLanguages } from '../languages/all-languages.ts'
import { phraseAt, phrasesFrom } from '../phrases.ts'
import type { TextLine } from '../text-lines.ts'
import type { Word } from '../words.ts'

/** An automatic reply says it early. */
const searchedLines = 12

/** `I am` *currently* `out of the office`; days and numbers between them do not count. */
const wordsBetween = 2

const languages = deepLanguages.map(({ automaticMail, returnDate }) => {
  const phrases = (texts: string[]) => phrasesFrom(texts.map((text) => [text, true] as const))
  return {
    writers: phrases(automaticMail.writers),
    absences: phrases(automaticMail.absences),
    dates: phrases([...returnDate.introductions, ...returnDate.rangeEnds, ...returnDate.months.flat()]),
  }
})

type AbsenceWords = (typeof languages)[number]

/** Whether the writer of new text says that they are away: `Ich bin vom 23.11. bis 27.11. im Urlaub`. */
export function isAbsence(lines: TextLine[]): boolean {
  return lines
    .slice(0, searchedLines)
    .some(({ words }) => words.some((_, at) => languages.some((language) => isAway(words, at, language))))
}

function isAway(words: Word[], at: number, { writers, absences, dates }: AbsenceWords): boolean {
  const writer = phraseAt(words, at, writers)
  if (writer === null) return false
  let others = 0
  for (let next = at + writer.length; next < words.length && others <= wordsBetween; ) {
    if (phraseAt(words, next, absences) !== null) return true
    const date = phraseAt(words, next, dates)
    if (date === null && !/^\d/.test(words[next]?.text ?? '')) others += 1
    next += date?.length ?? 1
  }
  return false
}
