import { anyLanguage } from '../languages/all-languages.ts'
import { beginsPhrase, phraseAt } from '../phrases.ts'
import { isSetOff, type Word } from '../words.ts'
import type { AnswerWord, AnswerWords } from './answer-words.ts'
import { complementLength } from './complement-length.ts'

/** How often a phrase may be interrupted. */
const mostInsertions = 3

/** Within how many words its writer stands: `leider muss ich ablehnen`. */
const writerWithin = 3

/**
 * The longest answer that begins at a word, with its number of words; null when none does. A phrase of the dictionary ends
 * with its clause: Polish `nie, zatwierdzam` is no `nie zatwierdzam`. What it is about may stand within one that names its
 * writer: `ich lehne` *den Antrag* `ab`. Without a writer that may be a question: `ist der Antrag genehmigt`.
 */
export function answerAt(
  text: string,
  words: Word[],
  at: number,
  answers: AnswerWords,
): { value: AnswerWord; length: number } | null {
  const first = words[at]
  if (first === undefined || !beginsPhrase(first, answers)) return null
  const written = phraseAt(words, at, answers)
  if (written?.value.matchedBy === 'keyword') return written

  const beginning = words.slice(at, at + writerWithin)
  const mayInsert = beginning.some((_, place) => phraseAt(beginning, place, anyLanguage.writers) !== null)
  let insertions = mayInsert ? mostInsertions : 0
  let found: { value: AnswerWord; length: number } | null = null
  let branch = answers.tree.next?.get(first.text)
  for (let end = at + 1; branch !== undefined; ) {
    if (branch.value !== undefined) found = { value: branch.value, length: end - at }
    let next = isSetOff(text, words, end) ? undefined : branch.next?.get(words[end]?.text ?? '')
    while (next === undefined && insertions > 0) {
      const insertion = isSetOff(text, words, end) ? 0 : complementLength(text, words, end)
      if (insertion === 0) break
      end += insertion
      insertions -= 1
      next = isSetOff(text, words, end) ? undefined : branch.next?.get(words[end]?.text ?? '')
    }
    branch = next
    end += 1
  }
  return found
}
