import { CsvError, type InfoRecord, parse } from 'csv-parse/sync'

export interface TableRow {
  /** Where it begins in the file, from 1. */
  line: number
  cells: string[]
}

export type Table = { header: TableRow; rows: TableRow[] } | { unreadable: { line: number; reason: string } }

/**
 * A CSV file as its rows: with or without a byte order mark, its cells parted by `;`, `,` or tabs, whichever the first line
 * has most of. A first line `sep=;`, as Excel writes it, says so itself. Empty lines are left out.
 */
export function readTable(text: string, options: { mostRows: number }): Table {
  const announced = /^\uFEFF?sep=(.)\r?\n/i.exec(text)
  const source = announced ? text.slice(announced[0].length) : text
  const skipped = announced ? 1 : 0
  try {
    const found = parse(source, {
      bom: true,
      delimiter: announced?.[1] ?? delimiterOf(source),
      info: true,
      relaxColumnCount: true,
      // What an error says of a file that is one endless cell has to fit.
      maxRecordSize: 100_000,
      to: options.mostRows + 2,
    }) as unknown as { record: string[]; info: InfoRecord }[]
    const rows = found.map(({ record, info }) => ({
      // The parser tells where a record ends: lines within its quotes are behind us by then.
      line: info.lines + skipped - linesWithin(record),
      cells: record.map((cell) => cell.trim()),
    }))
    const [header, ...filled] = rows.filter(({ cells }) => cells.some((cell) => cell !== ''))
    return { header: header ?? { line: 1, cells: [] }, rows: filled }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = Number((error as { lines?: number }).lines ?? 1) + skipped
    return { unreadable: { line, reason: error.message } }
  }
}

const linesWithin = (record: string[]): number =>
  record.reduce((lines, cell) => lines + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0)

function delimiterOf(text: string): string {
  const first = /^[^\r\n]*/.exec(text)?.[0] ?? ''
  const bare = first.replace(/"[^"]*"/g, '')
  const counted = [';', ',', '\t'].map((delimiter) => ({ delimiter, count: bare.split(delimiter).length }))
  return counted.reduce((most, each) => (each.count > most.count ? each : most)).delimiter
}
