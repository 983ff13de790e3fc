import { z } from 'zod'
import type { Problem } from '../approvals/model/problem.ts'
import type { Locale } from '../lib/translate.ts'

/** What a checker found in a text, as the reader sees it. */
export const checkedProblem = z
  .object({
    path: z.string(),
    line: z.int().optional(),
    code: z.string(),
    severity: z.enum(['error', 'warning']),
    message: z.string(),
  })
  .meta({ id: 'CheckedProblem' })

export function toCheckedProblem(problem: Problem, locale: Locale): z.output<typeof checkedProblem> {
  const { path, line, code, severity, message } = problem
  return { path, ...(line === undefined ? {} : { line }), code, severity, message: message[locale] }
}
