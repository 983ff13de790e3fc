import { z } from 'zod'
import type { Cli } from './cli.ts'
import { bracketsFormat, type InspectCase, inspectFile, questionsFormat } from './inspect-file.ts'
import { readLines } from './read-lines.ts'
import { writeOut } from './write-out.ts'

const caseFormat = z.strictObject({
  file: z.string().min(1).max(4_096),
  questions: questionsFormat.optional(),
  locale: z.string().max(35).optional(),
  brackets: bracketsFormat.optional(),
  sent: z.string().min(1).max(4_096).optional(),
})

/**
 * Reads a file of cases, one JSON object a line, and writes one line of JSON for each, in order: the reading, or
 * `{ file, error: { code, message } }`. A bad case never stops the others. Returns how many were bad.
 */
export async function inspectBatch(path: string, cli: Cli): Promise<number> {
  let bad = 0
  for await (const line of readLines(path, cli.text)) {
    if (line.trim() === '') continue
    const outcome = await inspectLine(line, cli)
    if ('error' in outcome) bad += 1
    if (!(await writeOut(cli.stdout, `${JSON.stringify(outcome)}\n`))) return bad
  }
  return bad
}

async function inspectLine(line: string, cli: Cli): Promise<object> {
  const one = parseCase(line)
  if ('reason' in one) {
    const message = cli.text('cli:message.inspect.case-invalid', { reason: one.reason })
    return { file: one.file, error: { code: 'case-invalid', message } }
  }
  const inspected = await inspectFile(one, cli)
  return 'error' in inspected ? inspected : inspected.reading
}

/** The case, or why it is none, with the name of its file as far as it can be told. */
function parseCase(line: string): InspectCase | { file: string | null; reason: string } {
  try {
    const value = JSON.parse(line)
    const one = caseFormat.safeParse(value)
    if (one.success) return one.data
    const file = typeof value?.file === 'string' ? value.file : null
    return { file, reason: z.prettifyError(one.error) }
  } catch (error) {
    return { file: null, reason: (error as Error).message }
  }
}
