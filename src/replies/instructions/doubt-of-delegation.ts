import { type AnswerWords, isAnswerPhrase } from '../answers/answer-words.ts'
import { type Doubt, doubt, doubtIn, doubtOfQuestionMark, firstDoubt, shifted } from '../doubts/doubt.ts'
import { findLocalDoubt } from '../doubts/find-local-doubt.ts'
import { anyLanguage } from '../languages/all-languages.ts'
import { phraseAt, withoutPhrases } from '../phrases.ts'
import { isMeaningful, type LineText, type TextLine } from '../text-lines.ts'
import type { Word } from '../words.ts'
import { findDelegation } from './find-delegation.ts'

/**
 * Why a delegation is doubtful; null when nothing makes it so. A question, a condition, a negation or a later day in its
 * own line; below it an answer, a second delegation, a retraction, or a condition right under it. What else is said
 * (`I do not know the supplier`) is for whoever is asked next.
 */
export function doubtOfDelegation(
  line: LineText,
  rest: Word[],
  { below, signature, answers }: { below: TextLine[]; signature: TextLine[]; answers: AnswerWords[] },
): Doubt | null {
  const beside = doubtOfQuestionMark(line.text) ?? doubtInRest(withoutPhrases(rest, anyLanguage.idioms))
  if (beside !== null) return shifted(beside, line.from)

  const lines = below.filter(isMeaningful)
  const isAnswer = ({ words }: TextLine) => answers.some((some) => isAnswerPhrase(words, some))
  const answer = [...lines, ...signature].find(isAnswer)
  if (answer !== undefined) return shifted(doubt('other-answer', answer.words), answer.from)
  const another = findDelegation(lines)
  if (another !== null) return another
  const takenBack = firstDoubt(lines, ({ words, from }) => {
    const found = doubtIn('retraction', [withoutPhrases(words, anyLanguage.idioms)], anyLanguage.retractions)
    return found && shifted(found, from)
  })
  if (takenBack !== null) return takenBack
  const [next] = below
  const condition =
    next && phraseAt(withoutPhrases(next.words, anyLanguage.idioms), 0, anyLanguage.conditions)
  return next && condition
    ? shifted(doubt('condition', next.words.slice(0, condition.length)), next.from)
    : null
}

function doubtInRest(rest: Word[]): Doubt | null {
  const negation = phraseAt(rest, 0, anyLanguage.negations)
  return (
    doubtIn('retraction', [rest], anyLanguage.retractions) ??
    (negation && doubt('negation', rest.slice(0, negation.length), negation.value)) ??
    doubtIn('condition', [rest], anyLanguage.conditions) ??
    findLocalDoubt(rest) ??
    doubtIn('future', [rest], anyLanguage.futures)
  )
}
