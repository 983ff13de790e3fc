import { findPhrase, type Phrases } from '../phrases.ts'
import type { DoubtKind, Match, UnclearReason } from '../reading.ts'
import { questionMarkAt } from '../text-lines.ts'
import type { Word } from '../words.ts'
import { isDoubtIn, type LineLanguage } from './line-language.ts'

/** Why an answer does not count, and the words that say so. */
export interface Doubt {
  reason: UnclearReason
  matched: Match[]
}

const reasons: Record<DoubtKind, UnclearReason> = {
  'question-mark': 'question',
  question: 'question',
  'other-answer': 'contradictory',
  retraction: 'contradictory',
  delegation: 'contradictory',
  withdrawal: 'contradictory',
  favourable: 'contradictory',
  unfavourable: 'contradictory',
  negation: 'negated',
  condition: 'conditional',
  limit: 'conditional',
  scope: 'conditional',
  hedge: 'conditional',
  reservation: 'conditional',
  future: 'future',
  deferral: 'future',
  'not-understood': 'not-an-answer',
}

/** The doubt that words raise; offsets count from where those of the words do. */
export function doubt(kind: DoubtKind, words: Word[], languages: string[] = []): Doubt {
  return { reason: reasons[kind], matched: matchOf(kind, words, languages) }
}

/**
 * The doubt that the first of these phrases raises in any of the parts; null when none stands there.
 *
 * @param line What is known of the line's language; null where all languages count.
 */
export function doubtIn(
  kind: DoubtKind,
  parts: Word[][],
  phrases: Phrases<string[]> | null,
  line: LineLanguage | null = null,
): Doubt | null {
  if (phrases === null) return null
  return firstDoubt(parts, (words) => {
    const found = findPhrase(words, phrases, (words, languages) => isDoubtIn(line, words, languages))
    return found && doubt(kind, found.words, found.value)
  })
}

/** The first doubt that is found in any of the parts. */
export function firstDoubt<Part>(parts: Part[], find: (part: Part) => Doubt | null): Doubt | null {
  for (const part of parts) {
    const found = find(part)
    if (found !== null) return found
  }
  return null
}

/** The doubt that a question mark raises. */
export function doubtOfQuestionMark(text: string): Doubt | null {
  const at = questionMarkAt(text)
  if (at === -1) return null
  return { reason: 'question', matched: [{ from: at, to: at + 1, as: 'question-mark', languages: [] }] }
}

/** A doubt that shows the answer too that it undoes. */
export function undoing(answer: Match[], { reason, matched }: Doubt): Doubt {
  return { reason, matched: [...answer, ...matched] }
}

/** Words that follow each other as one match; nothing for none. */
export function matchOf(as: Match['as'], words: Word[], languages: string[] = []): Match[] {
  const [first] = words
  const last = words.at(-1)
  return first === undefined || last === undefined ? [] : [{ from: first.from, to: last.to, as, languages }]
}

/** The same with offsets that count from a place so far before. */
export function shifted({ reason, matched }: Doubt, by: number): Doubt {
  return { reason, matched: shiftedMatches(matched, by) }
}

export function shiftedMatches(matched: Match[], by: number): Match[] {
  return matched.map((match) => ({ ...match, from: match.from + by, to: match.to + by }))
}
