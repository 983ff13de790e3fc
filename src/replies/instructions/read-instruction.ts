import type { AnswerWords } from '../answers/answer-words.ts'
import { commentLines, commentText } from '../answers/comment-lines.ts'
import { openingOf } from '../answers/read-answer-line.ts'
import { type Doubt, matchOf, shiftedMatches } from '../doubts/doubt.ts'
import { deepLanguages } from '../languages/all-languages.ts'
import { phraseAt, phrasesFrom } from '../phrases.ts'
import type { Match } from '../reading.ts'
import { insideCourtesy } from '../regions/inside-courtesy.ts'
import { label, type TextLine } from '../text-lines.ts'
import type { Word } from '../words.ts'
import { doubtOfDelegation } from './doubt-of-delegation.ts'
import { readDelegation } from './read-delegation.ts'

type WordInstruction = 'HELP' | 'STATUS' | 'COMMENT'

const wordInstructions = phrasesFrom(
  deepLanguages.flatMap(({ instructions: { HELP, STATUS, COMMENT } }) =>
    Object.entries({ HELP, STATUS, COMMENT }).flatMap(([name, phrases]) =>
      phrases.map((phrase) => [phrase, name as WordInstruction] as const),
    ),
  ),
)

/** What new text asks for instead of answering. */
export interface Instruction {
  name: WordInstruction | 'DELEGATE'
  /** DELEGATE: the address or name, and the last day; see `Delegation`. */
  to: string | null
  until: string | null
  /** The text of a COMMENT, or what stands beside and below a DELEGATE. */
  comment: string
  matched: Match[]
}

/**
 * The instruction in the first meaningful line of new text: `HELP` (also a lone `?`) and `STATUS` stand alone but for
 * courtesy, `COMMENT` above its text or before a colon, `DELEGATE` before whoever is meant. Null when there is none; a
 * doubt when a delegation is taken back, questioned or bound to something. Labels the line that it stands in.
 *
 * @param content The lines of the new text; the first meaningful one is `first`.
 * @param signature Lines cut as signature: an answer in them contradicts a delegation.
 * @param answers The words that answer each question.
 * @param sentOn The message's own date, for a day without its year.
 */
export function readInstruction(
  first: TextLine,
  {
    content,
    signature,
    answers,
    sentOn,
  }: {
    content: TextLine[]
    signature: TextLine[]
    answers: AnswerWords[]
    sentOn: Date | null
  },
): Instruction | Doubt | null {
  const below = content.slice(content.indexOf(first) + 1)
  const byWord = readWord(first, below)
  if (byWord !== null) return byWord

  const { text, words, from } = first
  const delegation = readDelegation(text, words, sentOn)
  if (delegation === null) return null
  const { to, until, said, rest } = delegation
  const doubt = doubtOfDelegation(first, rest, { below, signature, answers })
  if (doubt !== null) return doubt
  const commentFrom = rest[0] && openingOf(text, rest[0])
  first.label = { region: 'answer', rule: 'instruction', ...(commentFrom !== undefined && { commentFrom }) }
  label(commentLines(below), 'comment', 'below-instruction')
  const beside = commentFrom === undefined ? '' : text.slice(commentFrom)
  return { name: 'DELEGATE', to, until, comment: commentText(below, beside), matched: matchesOf(said, from) }
}

function readWord(line: TextLine, below: TextLine[]): Instruction | null {
  const { text, words, from } = line
  const instruction = (name: WordInstruction, said: Word[], comment = '') => ({
    ...{ name, to: null, until: null, comment },
    matched: matchesOf(said, from),
  })
  if (words.length === 0) return instruction('HELP', [])
  const inside = insideCourtesy(words)
  const found = phraseAt(words, inside.from, wordInstructions)
  if (found === null) return null
  const said = words.slice(inside.from, inside.from + found.length)
  const isAlone = inside.from + found.length === inside.end
  if (found.value !== 'COMMENT') {
    if (isAlone) line.label = { region: 'answer', rule: 'instruction' }
    return isAlone ? instruction(found.value, said) : null
  }
  const end = said.at(-1)?.to ?? 0
  const colon = /^\s{0,2}[:：]/.exec(text.slice(end))
  if (!isAlone && colon === null) return null
  const commentFrom = end + (colon?.[0].length ?? 0)
  const comment = commentText(below, text.slice(commentFrom))
  // Without a text it is no comment: in French the word asks how.
  if (comment === '') return null
  line.label = { region: 'answer', rule: 'instruction', commentFrom }
  label(commentLines(below), 'comment', 'below-instruction')
  return instruction('COMMENT', said, comment)
}

function matchesOf(said: Word[], by: number): Match[] {
  return shiftedMatches(matchOf('instruction', said), by)
}
