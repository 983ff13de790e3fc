import { type PhraseList, phraseAt, phraseKey, phrasesFrom } from '../phrases.ts'
import type { Question, ReadContext } from '../reading.ts'
import type { TextLine } from '../text-lines.ts'
import { answerWords, isAnswerKey } from './answer-words.ts'
import { isChoice } from './is-choice.ts'

/** What stands before an answer and says which question it answers. */
export interface QuestionLabel {
  question: Question
  /** `Q2:`, the name of its field, or a number as in any list. */
  by: 'id' | 'name' | 'number'
  /** Offset in the line where the answer is expected. */
  answerFrom: number
}

/** Quote marks (an answer may stand in a quote), the sign of a list item, and what clients make of bold letters. */
const opening = /[\s>|]*(?:[-•·–*]\s+)?[*_]{0,2}\s*/y

const id = /(?:q|question|frage|pregunta|domanda|vraag|pergunta|pytanie)\s?(\d{1,3})(?![\p{L}\p{N}])/iuy
const number = /\(?(\d{1,3})(?![\p{L}\p{N}])/uy

/** Between a number and a name: `Q2 – Amount`, `2. Amount`, `Q2 (Amount)`. */
const joint = /\s*[.:=)–—-]?\s*\(?\s*/y
/** `Q2 (EUR):`, and in our own form what is left of a long name. */
const remark = /(?:\s*\([^()]{0,80}\)(?=\s*[:：=]))?/y
const anyName = /\s[^:：=\n]{1,60}[:：=]\s*/y

/**
 * A minus sign stands right before its digits, a dash that separates does not; `1.250` and `1:30` begin with no number.
 * A name may end with a dash of its own, in front of our colon.
 */
const separators = {
  id: /\s*[*_]{0,2}\s*(?:[:：=)]|[.–—-](?!\d))\s*[*_]{0,2}\s*/y,
  name: /\s*\)?\s*(?:[?？]\s*[:：=]?(?=\s|$)|[*_]{0,2}\s*(?:[:：=]|[-–—](?=\s)(?:\s*[:：=])?))\s*[*_]{0,2}\s*/y,
  number: /\s*(?:[=)]|[:：.](?!\d)|[-–—](?=\s))\s*/y,
}

/** Finds the label that a line begins with; null for a line without one. */
export function labelFinder({
  questions,
  locale,
  brackets,
}: ReadContext): (line: TextLine) => QuestionLabel | null {
  const names = namesOf(questions, locale)
  const ownNames = new Map(questions.map((question) => [question, ownNamesOf(question)]))
  const opens = Array.from(brackets).filter((_, index) => index % 2 === 0)

  return (line) => {
    const start = endOf(opening, line.text, 0) ?? 0
    for (const by of ['id', 'number'] as const) {
      const numbered = numberedAt(by === 'id' ? id : number, line.text, start)
      if (numbered === null) continue
      const { question, end } = numbered
      const named = nameAt(line, endOf(joint, line.text, end) ?? end, ownNames.get(question) ?? names)
      const answerFrom =
        (named !== null ? behindName(line.text, named.end) : null) ??
        separated(by, line.text, endOf(remark, line.text, end) ?? end) ??
        (by === 'id' ? bracketed(line.text, endOf(anyName, line.text, end)) : null) ??
        (by === 'id' && question.type !== 'text' ? unseparated(line.text, end) : null)
      if (answerFrom !== null) return { question, by, answerFrom }
    }
    const named = nameAt(line, start, names)
    const answerFrom = named && separated('name', line.text, named.end)
    return named === null || answerFrom === null ? null : { question: named.question, by: 'name', answerFrom }
  }

  function numberedAt(pattern: RegExp, text: string, at: number): { question: Question; end: number } | null {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    const question = questions.find((question) => question.id === `Q${Number(found?.[1])}`)
    return found === null || question === undefined ? null : { question, end: at + found[0].length }
  }

  function nameAt(
    { text, words }: TextLine,
    at: number,
    names: PhraseList<Question | null>,
  ): { question: Question; end: number } | null {
    if (names.entries.size === 0) return null
    const index = words.findIndex(({ from }) => from >= at)
    const first = words[index]
    if (first === undefined || text.slice(at, first.from).trim() !== '') return null
    const found = phraseAt(words, index, names)
    const last = words[index + (found?.length ?? 0) - 1]
    return found?.value == null || last === undefined ? null : { question: found.value, end: last.to }
  }

  /** As `separated`; and at the end of a line that asks the question as our mails do: `Q4. Remarks`. */
  function behindName(text: string, at: number): number | null {
    return separated('name', text, at) ?? (/^[\s?？.)]*$/.test(text.slice(at)) ? text.length : null)
  }

  /** Where the answer begins: behind a separator, or with an opening bracket. */
  function separated(by: QuestionLabel['by'], text: string, at: number): number | null {
    return endOf(separators[by], text, at) ?? bracketed(text, at)
  }

  function bracketed(text: string, at: number | null): number | null {
    return at !== null && opens.includes(firstOf(text.slice(at))) ? at : null
  }
}

/** `Q1 yes`. Prose begins so too (`Q4 results are in`), and `Q2 -50` may be either sign. */
function unseparated(text: string, at: number): number | null {
  return /^\s+[^\s\-−–—]/.test(text.slice(at)) ? at : null
}

function firstOf(text: string): string {
  return /\S/u.exec(text)?.[0] ?? ''
}

function endOf(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : null
}

/** Behind its number a question may go by any of its names, also by one that others share, or that is an answer word. */
function ownNamesOf(question: Question): PhraseList<Question | null> {
  return phrasesFrom((question.names ?? []).map((name) => [name, question] as const))
}

/** Null for a name that two questions share. A name that is an answer word names none. */
function namesOf(questions: Question[], locale: string): PhraseList<Question | null> {
  const named = new Map<string, Question | null>()
  if (questions.every(({ names }) => names === undefined)) return phrasesFrom(named)
  const answers = questions.filter(isChoice).map((question) => answerWords(question, locale))
  for (const question of questions) {
    for (const key of new Set(question.names?.map(phraseKey))) {
      if (answers.some((words) => isAnswerKey(key, words))) continue
      named.set(key, named.has(key) ? null : question)
    }
  }
  return phrasesFrom(named)
}
