import type { Translate } from '../lib/translate.ts'
import { printableLine } from './printable.ts'

/** What a CSV file of people does, or would, as the API tells it. */
export interface PeoplePlan {
  plan: string
  counts: { added: number; changed: number; deactivated: number; same: number; problems: number }
  lines: {
    line: number
    address: string
    name: string
    kind: 'added' | 'changed' | 'deactivated'
    changes: { field: string; from: string | null; to: string | null }[]
    joins: string[]
    leaves: string[]
  }[]
  problems: { line: number; message: string }[]
  ignored: string[]
}

/** The plan of an import for people: what becomes of whom, what is wrong, and how many of each. */
export function describePlan({ counts, lines, problems, ignored }: PeoplePlan, text: Translate): string[] {
  const count = Object.fromEntries(Object.entries(counts).map(([name, number]) => [name, String(number)]))
  return [
    ...lines.map(({ line, name, address, kind, changes, joins, leaves }) => {
      const what = [
        ...changes.map(({ field, from, to }) => `${field}: ${from === null ? '' : `${from} → `}${to ?? '–'}`),
        ...joins.map((group) => `+ ${group}`),
        ...leaves.map((group) => `− ${group}`),
      ].join(', ')
      const who = { line: String(line), kind: text(`cli:people.import.kind.${kind}`), name, address, what }
      return printableLine(text('cli:people.import.line', who))
    }),
    ...problems.map(({ line, message }) =>
      printableLine(text('cli:people.import.problem', { line: String(line), message })),
    ),
    ...(ignored.length === 0
      ? []
      : [printableLine(text('cli:people.import.ignored', { columns: ignored.join(', ') }))]),
    text('cli:people.import.counts', count),
    ...(counts.problems > 0 ? [text('cli:people.import.refused')] : []),
  ]
}
