import type { FastifySchemaCompiler } from 'fastify'
import type { z } from 'zod'
import { AppError } from '../lib/app-error.ts'
import { describeIssues } from './describe-issue.ts'

/** Checks a part of a request against its zod schema; what is wrong becomes one `invalid-input`. */
export const validateWithZod: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (data) => {
    const checked = schema.safeParse(data, { reportInput: true })
    if (checked.success) return { value: checked.data }
    return { error: new AppError('invalid-input', {}, { problems: describeIssues(checked.error.issues) }) }
  }
