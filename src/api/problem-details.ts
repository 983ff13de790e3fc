import { z } from 'zod'
import { type AppError, errorCodes, httpStatus } from '../lib/app-error.ts'
import { type Locale, translator } from '../lib/translate.ts'

/** RFC 9457. `code` is stable; `title` and `detail` are for people, in the language they asked for. */
const problemDetails = z
  .object({
    type: z.string().describe('URI of the kind of problem: `urn:countersign:error:<code>`'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What happened and what to do next'),
    code: z.enum(errorCodes),
    values: z.record(z.string(), z.string()).describe('What the detail names, for programs'),
    problems: z
      .array(z.object({ path: z.string(), line: z.int().optional(), message: z.string() }))
      .describe('One entry a field or line, when the input is at fault'),
  })
  .meta({ id: 'ProblemDetails' })

export type ProblemDetails = z.output<typeof problemDetails>

/** What every route may answer instead of its outcome. */
export const problemResponse = {
  description: 'A problem document (RFC 9457)',
  content: { 'application/problem+json': { schema: problemDetails } },
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** An error as the caller gets to see it. */
export function toProblemDetails(error: AppError, locale: Locale): ProblemDetails {
  const text = translator(locale)
  return {
    type: `urn:countersign:error:${error.code}`,
    title: text(`errors:${error.code}.title`),
    status: httpStatus(error.code),
    detail: text(`errors:${error.code}.detail`, error.values),
    code: error.code,
    values: error.values,
    problems: error.problems.map(({ path, line, message }) => ({
      path,
      ...(line === undefined ? {} : { line }),
      message: message[locale],
    })),
  }
}
