import type { Region, TraceEntry } from './reading.ts'
import { type Word, wordsOf } from './words.ts'

/** One line of the text that is read. The steps of the reader label the lines that they recognise. */
export class TextLine {
  /** Without its line end. */
  readonly text: string
  /** UTF-16 offsets into the whole text; `to` is exclusive and includes the line end. */
  readonly from: number
  readonly to: number
  /** What the line is and which rule said so; null as long as no step has recognised it. */
  label: Label | null = null
  #words: Word[] | null = null

  constructor(text: string, from: number, to: number) {
    this.text = text
    this.from = from
    this.to = to
  }

  /** Its words, with offsets from its beginning; found when they are asked for, as those of a long quote never are. */
  get words(): Word[] {
    this.#words ??= wordsOf(this.text)
    return this.#words
  }
}

/** What a line says and where, without what it is. */
export type LineText = Pick<TextLine, 'text' | 'from' | 'words'>

export interface Label {
  region: Region
  rule: string
  /** Where, in the line, an answer ends and a comment begins. Absent when the whole line is one region. */
  commentFrom?: number
}

/** Splits a text into lines; together they cover it. */
export function splitLines(text: string): TextLine[] {
  const lines: TextLine[] = []
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from)
    const to = end === -1 ? text.length : end + 1
    const line = text.slice(from, end === -1 ? to : end)
    lines.push(new TextLine(line, from, to))
    from = to
  }
  return lines
}

/** Labels lines that no earlier step has labelled. */
export function label(lines: TextLine[], region: Region, rule: string): void {
  for (const line of lines) line.label ??= { region, rule }
}

/** Whether a line says something: a rule of dashes does not, a lone question mark does. */
export function isMeaningful({ text, words }: LineText): boolean {
  return words.length > 0 || holdsQuestionMark(text)
}

export function holdsQuestionMark(text: string): boolean {
  return questionMarkAt(text) !== -1
}

/**
 * Where the first question mark stands, -1 for none: Latin, full width and Arabic, the double marks and the emoji. The
 * one in an address of the web asks nothing, unless it ends it.
 */
export function questionMarkAt(text: string): number {
  const plain = text.includes('://') ? text.replace(queryMark, '$1-') : text
  return plain.search(/[?？؟⁇⁈⁉❓❔]/)
}

const queryMark = /(https?:\/\/[^\s?<>]{1,500})\?(?=[\w%])/gi

/** The labels as stretches of the text, adjoining equal ones merged: they cover it without gap or overlap. */
export function traceOf(lines: TextLine[]): TraceEntry[] {
  const trace: TraceEntry[] = []
  const add = (region: Region, rule: string, from: number, to: number) => {
    const last = trace.at(-1)
    if (last?.region === region && last.rule === rule) last.to = to
    else if (to > from) trace.push({ region, rule, from, to })
  }
  for (const { label: found, from, to } of lines) {
    const { region, rule, commentFrom } = found ?? { region: 'comment', rule: 'unread' }
    if (commentFrom === undefined) add(region, rule, from, to)
    else {
      add(region, rule, from, from + commentFrom)
      add('comment', 'same-line', from + commentFrom, to)
    }
  }
  return trace
}
