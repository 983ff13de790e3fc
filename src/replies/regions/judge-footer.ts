import {
  type AnswerWord,
  type AnswerWords,
  answerPhraseAt,
  answerWords,
  entriesOf,
} from '../answers/answer-words.ts'
import { isChoice } from '../answers/is-choice.ts'
import { readAnswerLine } from '../answers/read-answer-line.ts'
import { doubtBelow } from '../doubts/doubt-below.ts'
import { anyLanguage, deepLanguages } from '../languages/all-languages.ts'
import { isPhrase, phraseAt, phrasesFrom, withoutPhrases } from '../phrases.ts'
import type { ReadContext } from '../reading.ts'
import { holdsQuestionMark, type TextLine } from '../text-lines.ts'

/**
 * Whether a line may be taken for a footer. *harmless*: below any answer to these questions the reader sees no doubt in
 * it, so that taking it off hides none. *doubtful*: it holds a doubt or an answer somewhere, and a person has to tell a
 * slogan from a condition. *never*: it is, or begins like, an answer, an instruction or a doubt.
 */
export type FooterJudgement = 'harmless' | 'doubtful' | 'never'

export function judgeFooter(
  line: TextLine,
  { questions, locale }: Pick<ReadContext, 'questions' | 'locale'>,
): FooterJudgement {
  const answers = questions.filter(isChoice).map((question) => answerWords(question, locale))
  const words = withoutPhrases(line.words, anyLanguage.idioms)
  if (line.words.length === 0 || beginnings.some((phrases) => phraseAt(words, 0, phrases) !== null))
    return 'never'
  if (isPhrase(line.words, instructions) || answers.some((some) => isAnswer(line, some))) return 'never'
  if ((questions.length > 1 || answers.length === 0) && mayHoldValue(line)) return 'never'
  if (holdsQuestionMark(line.text) || phraseAt(line.words, 0, instructions) !== null) return 'doubtful'
  const isDoubted = answers.some((some) =>
    representatives(some).some((answer) => doubtBelow([line], [], answer, some) !== null),
  )
  return isDoubted ? 'doubtful' : 'harmless'
}

const { conditions, negations, limits, retractions, withdrawals } = anyLanguage
const beginnings = [conditions, negations, limits, retractions, withdrawals]

const instructions = phrasesFrom(
  deepLanguages.flatMap((language) =>
    Object.values(language.instructions)
      .flat()
      .map((phrase) => [phrase, true] as const),
  ),
)

/** `Q2: …`, `Amount = 500`, `[…]`: where several questions or values are asked, a line anywhere may answer one. */
function mayHoldValue({ text }: TextLine): boolean {
  return /[:：=[\p{N}]/u.test(text)
}

function isAnswer({ text, words }: TextLine, answers: AnswerWords): boolean {
  return answerPhraseAt(words, 0, answers) !== null || readAnswerLine(text, answers).kind === 'answer'
}

/** One word of each kind that the reader tells apart beside a doubt: there are hundreds of most. */
function representatives(answers: AnswerWords): AnswerWord[] {
  const known = remembered.get(answers)
  if (known !== undefined) return known
  const kinds = new Map<string, AnswerWord>()
  for (const [key, answer] of entriesOf(answers)) {
    const { result, meaning, acknowledges, localDoubts } = answer
    if (result === null) continue
    kinds.set(JSON.stringify([result, meaning, acknowledges, localDoubts === null ? '' : key]), answer)
  }
  const found = [...kinds.values()]
  remembered.set(answers, found)
  return found
}

const remembered = new WeakMap<AnswerWords, AnswerWord[]>()
