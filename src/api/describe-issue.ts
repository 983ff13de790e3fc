import type { z } from 'zod'
import type { FieldProblem } from '../lib/app-error.ts'
import { translator } from '../lib/translate.ts'

/** Nobody reads more at once, and a hostile input could ask for millions. */
const MAX_PROBLEMS = 100
/** Longer names come from an attacker, not from a form. */
const MAX_NAME = 100

/** What a schema found wrong, field by field: what it is, and what to write instead, in both languages. */
export function describeIssues(issues: readonly z.core.$ZodIssue[]): FieldProblem[] {
  return issues.slice(0, MAX_PROBLEMS).map((issue) => {
    const { text, values = {}, path = issue.path } = describe(issue)
    const name = formatPath(path)
    const key = `errors:field.${text}`
    const message = (locale: 'en' | 'fr') => translator(locale)(key, { ...values, field: name || '—' })
    return { path: name, message: { en: message('en'), fr: message('fr') } }
  })
}

interface Described {
  /** Key under `errors:field`. */
  text: string
  values?: Record<string, string | number>
  path?: PropertyKey[]
}

const expectedTypes: Record<string, string> = {
  string: 'text',
  number: 'number',
  int: 'whole-number',
  boolean: 'true-or-false',
  array: 'list',
}

function describe(issue: z.core.$ZodIssue): Described {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined && issue.path.length > 0) return { text: 'missing' }
      return { text: expectedTypes[issue.expected] ?? 'object' }
    case 'unrecognized_keys':
      return { text: 'unknown', path: [...issue.path, issue.keys[0] ?? ''] }
    case 'too_big':
      return { text: `at-most-${kindOf(issue.origin)}`, values: { limit: String(issue.maximum) } }
    case 'too_small':
      // A field of a form that was left empty.
      if (issue.origin === 'string' && issue.minimum === 1) return { text: 'missing' }
      return { text: `at-least-${kindOf(issue.origin)}`, values: { limit: String(issue.minimum) } }
    case 'invalid_value':
      return { text: 'one-of', values: { options: issue.values.map(String).join(', ') } }
    case 'invalid_union':
      return 'options' in issue && issue.options
        ? { text: 'one-of', values: { options: issue.options.map(String).join(', ') } }
        : { text: 'format' }
    case 'invalid_format':
      return { text: formats[issue.format] ?? 'format' }
    case 'custom':
      return { text: String(issue.params?.expected ?? 'format') }
    default:
      return { text: 'format' }
  }
}

const formats: Record<string, string> = {
  email: 'address',
  date: 'date',
  datetime: 'date-and-time',
  uuid: 'uuid',
}

/** Sizes are told in the words of what has them: characters, entries, or the number itself. */
function kindOf(origin: string): 'characters' | 'entries' | 'number' {
  if (origin === 'string') return 'characters'
  return origin === 'array' || origin === 'set' || origin === 'object' || origin === 'record'
    ? 'entries'
    : 'number'
}

/** `steps[1].question`, as people write it. */
function formatPath(path: PropertyKey[]): string {
  const text = path.reduce<string>((before, segment) => {
    if (typeof segment === 'number') return `${before}[${segment}]`
    return before === '' ? String(segment) : `${before}.${String(segment)}`
  }, '')
  return text.slice(0, MAX_NAME)
}
