import { deepLanguages } from './languages/all-languages.ts'
import { isPhrase, phraseAt, phrasesFrom } from './phrases.ts'
import type { TextLine } from './text-lines.ts'

type InstructionName = 'HELP' | 'STATUS' | 'COMMENT'

const names: InstructionName[] = ['HELP', 'STATUS', 'COMMENT']

const instructions = phrasesFrom(
  deepLanguages.flatMap((language) =>
    names.flatMap((name) => language.instructions[name].map((phrase) => [phrase, name] as const)),
  ),
)

/** `HELP`, `STATUS`, or a comment with the offset in its line where the text begins. */
export type Instruction = { name: 'HELP' | 'STATUS' } | { name: 'COMMENT'; textFrom: number }

/**
 * The instruction in the first meaningful line: `HELP` (also a lone `?`) and `STATUS` stand alone; `COMMENT` stands
 * alone above its text, or before a colon. Null when there is none.
 */
export function readInstruction({ text, words }: TextLine): Instruction | null {
  if (words.length === 0) return { name: 'HELP' }
  const found = phraseAt(words, 0, instructions)
  const last = words[(found?.length ?? 0) - 1]
  if (found === null || last === undefined) return null
  const isAlone = isPhrase(words, instructions)
  const colon = /^\s{0,2}[:：]/.exec(text.slice(last.to))
  if (found.value === 'COMMENT') {
    return isAlone || colon !== null
      ? { name: 'COMMENT', textFrom: last.to + (colon?.[0].length ?? 0) }
      : null
  }
  return isAlone ? { name: found.value } : null
}
