import { foldKeyword } from '../../../lib/fold-keyword.ts'
import { error, type Finding, type Path } from '../problem.ts'
import type { AnswerChoice, ProcessDefinition } from '../process.ts'
import { placedQuestions } from './question-path.ts'

const MAX_KEYWORDS = 30

/** Words by which a reply asks the system for something instead of answering. */
const instructions = new Set(
  ['HELP', 'AIDE', 'STATUS', 'STATUT', 'COMMENT', 'COMMENTAIRE', 'STOP', 'DELEGATE', 'DÉLÉGUER'].map(
    foldKeyword,
  ),
)

/** The instructions that go on after their word: `COMMENT the supplier called`. */
const instructionsWithText = /^(comment|commentaire|delegate|deleguer) /

interface PlacedKeyword {
  path: Path
  step: string
  choice: AnswerChoice
  keyword: string
  folded: string
}

/** The keywords of each question. */
function keywordsByQuestion(definition: ProcessDefinition): PlacedKeyword[][] {
  return placedQuestions(definition).map(({ step, question, path }) =>
    question.choices.flatMap((choice, index) =>
      choice.keywords.map((keyword, position) => ({
        path: [...path, 'choices', index, 'keywords', position],
        step: step.name,
        choice,
        keyword,
        folded: foldKeyword(keyword),
      })),
    ),
  )
}

export function keywordsCount(definition: ProcessDefinition): Finding[] {
  return placedQuestions(definition).flatMap(({ question, path: place }) =>
    question.choices.flatMap(({ keywords, result }, index) => {
      const path = [...place, 'choices', index, 'keywords']
      if (keywords.length === 0) return [error(path, 'keywords-none', { result })]
      if (keywords.length > MAX_KEYWORDS)
        return [error(path, 'too-many', { key: 'keywords', max: MAX_KEYWORDS })]
      return []
    }),
  )
}

/** A keyword must be a word that can only mean this answer. */
export function keywordsUsable(definition: ProcessDefinition): Finding[] {
  return keywordsByQuestion(definition)
    .flat()
    .flatMap(({ path, choice: { result }, keyword, folded }) => {
      if (folded === '') return [error(path, 'keyword-empty', { keyword, result })]
      if (/^[\d ]+$/.test(folded)) return [error(path, 'keyword-number', { keyword, result })]
      if (/^q\d+\b/.test(folded)) return [error(path, 'keyword-question-label', { keyword, result })]
      if (instructions.has(folded) || instructionsWithText.test(folded)) {
        return [error(path, 'keyword-instruction', { keyword, result })]
      }
      return []
    })
}

/** Two choices of one question must not share a keyword: the answer would be a coin toss. */
export function keywordsApart(definition: ProcessDefinition): Finding[] {
  return keywordsByQuestion(definition).flatMap((keywords) => {
    const first = new Map<string, PlacedKeyword>()
    return keywords.flatMap((placed) => {
      const { path, step, keyword, folded, choice } = placed
      const earlier = first.get(folded)
      if (folded === '' || earlier === undefined) {
        first.set(folded, placed)
        return []
      }
      // A word that is spelt alike in two languages, but for an accent, is no mistake.
      if (earlier.choice === choice) return []
      const values = {
        keyword,
        result: choice.result,
        other: earlier.keyword,
        otherResult: earlier.choice.result,
        step,
      }
      return [error(path, 'keyword-twice', values)]
    })
  })
}
