import { anyLanguage } from '../languages/all-languages.ts'
import { behindWord, type PhraseTree } from '../phrase-tree.ts'
import { branchAt, phraseAt } from '../phrases.ts'
import { isSetOff, type Word } from '../words.ts'
import { type AnswerWord, type AnswerWords, answerPhraseAt } from './answer-words.ts'
import { complementLength } from './complement-length.ts'
import { answerPhrases } from './dictionary.ts'

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
  const own = first && branchAt(first, answers.keywords)
  const known = first && branchAt(first, answerPhrases)
  if (own === undefined && known === undefined) return null
  const keyword = own === undefined ? null : phraseAt(words, at, answers.keywords)
  const written = answerPhraseAt(words, at, answers)
  if (keyword !== null && written?.value === keyword.value) return keyword

  const beginning = words.slice(at, at + writerWithin)
  const mayInsert = beginning.some((_, place) => phraseAt(beginning, place, anyLanguage.writers) !== null)
  const insertions = mayInsert ? mostInsertions : 0
  const asKeyword = longest(own, (word) => word)
  const asPhrase = longest(known, answers.meant)
  return asPhrase !== null && asPhrase.length > (asKeyword?.length ?? 0) ? asPhrase : asKeyword

  function longest<T>(
    branch: PhraseTree<T> | undefined,
    meant: (value: T) => AnswerWord | null,
    end = at + 1,
    left = insertions,
  ): { value: AnswerWord; length: number } | null {
    if (branch === undefined) return null
    const value = branch.value === undefined ? null : meant(branch.value)
    const own = value === null ? null : { value, length: end - at }
    if (isSetOff(text, words, end)) return own
    const further = longest(behindWord(branch, words[end]?.text), meant, end + 1, left)
    if (further !== null) return further
    // `Ich lehne` *das Angebot hiermit* `ab`, although `ich lehne das` goes on, too.
    for (let behind = end, inserted = 0; inserted < left; inserted += 1) {
      const insertion = complementLength(text, words, behind)
      behind += insertion
      if (insertion === 0 || isSetOff(text, words, behind)) return own
      const next = behindWord(branch, words[behind]?.text)
      const found = longest(next, meant, behind + 1, left - inserted - 1)
      if (found !== null) return found
    }
    return own
  }
}
