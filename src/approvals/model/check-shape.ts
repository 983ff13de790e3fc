import type { z } from 'zod'
import { error, type Finding, MAX_PROBLEMS, type Path, type ProblemCode } from './problem.ts'

export type ShapeCheck<T> = { data: T; findings: [] } | { data: null; findings: Finding[] }

/**
 * Whether a value has the shape of the schema, with findings in the words of the catalogue. Patterns, unions and
 * bounds of numbers must carry the code of their text as `error`; the rest has texts of its own here.
 */
export function checkShape<T>(schema: z.ZodType<T>, value: unknown): ShapeCheck<T> {
  const checked = schema.safeParse(value, { reportInput: true })
  if (checked.success) return { data: checked.data, findings: [] }
  const findings = checked.error.issues.slice(0, MAX_PROBLEMS).flatMap(describeIssue)
  return { data: null, findings: findings.slice(0, MAX_PROBLEMS) }
}

const expectedTypes: Partial<Record<string, ProblemCode>> = {
  string: 'expected-text',
  number: 'expected-number',
  int: 'expected-number',
  boolean: 'expected-yes-or-no',
  array: 'expected-list',
}

function describeIssue(issue: z.core.$ZodIssue): Finding[] {
  const path = issue.path as Path
  const key = String(path.at(-1) ?? '')
  if (issue.input === undefined && path.length > 0) return [error(path, 'missing', { key })]
  switch (issue.code) {
    case 'invalid_type':
      return [error(path, expectedTypes[issue.expected] ?? 'expected-map', { key })]
    case 'unrecognized_keys':
      return issue.keys.map((unknown) => error([...path, unknown], 'unknown-key', { key: excerpt(unknown) }))
    case 'invalid_value':
      return [error(path, 'not-one-of', { key, options: issue.values.join(', ') })]
    case 'invalid_key':
      return [error(path, 'name-pattern', { value: excerpt(key) })]
    case 'too_big':
      if (issue.origin === 'string') return [error(path, 'too-long', { key, max: Number(issue.maximum) })]
      if (issue.origin === 'array') return [error(path, 'too-many', { key, max: Number(issue.maximum) })]
      break
    case 'too_small':
      if (issue.origin === 'string') return [error(path, 'empty-text', { key })]
      if (issue.origin === 'array') return [error(path, 'empty-list', { key })]
  }
  return [error(path, issue.message as ProblemCode, { key, value: excerpt(issue.input) })]
}

function excerpt(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
