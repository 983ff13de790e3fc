/** Prints rows in columns to standard error: the first column to the left, numbers to the right. */
export function printTable(title: string, rows: [string, ...(string | number)[]][]): void {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? format(cell) : cell)))
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  )
  const lines = cells.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  )
  console.error(`\n${title}\n${lines.map((line) => `  ${line.trimEnd()}`).join('\n')}`)
}

function format(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 4, useGrouping: false })
}
