import { z } from 'zod'
import { mailAddressPattern } from './mail-address.ts'
import type { ProblemCode } from './problem.ts'

/** A text that matches the pattern; `code` names the problem of one that does not. */
export function pattern(regex: RegExp, code: ProblemCode) {
  return z.string().regex(regex, { error: code })
}

/** How processes, fields, steps and endings are named: at most 30 characters, as WorkflowGen allows a process. */
export const nameFormat = pattern(/^[A-Za-z][A-Za-z0-9_-]{0,29}$/, 'name-pattern')

export const addressFormat = pattern(mailAddressPattern, 'address-invalid')

/** One line of text. Control characters could break out of a mail header. */
export function lineFormat(maxLength: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, { error: 'control-character' satisfies ProblemCode })
}
