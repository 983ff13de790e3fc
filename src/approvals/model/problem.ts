import type { FieldProblem } from '../../lib/app-error.ts'
import type catalogue from '../../lib/locales/en/process-checker.json'
import { inBothLanguages } from '../../lib/translate.ts'

/** Codes are the keys of the catalogue, so that one without a text does not compile. */
export type ProblemCode = keyof typeof catalogue

/** Where in an input: `['steps', 0, 'question']`. */
export type Path = (string | number)[]

/** What one rule found. An error refuses the input, a warning only tells. */
export interface Finding {
  path: Path
  code: ProblemCode
  severity: 'error' | 'warning'
  /** What the text inserts. */
  values: Record<string, string | number>
}

/** A finding as people are told of it: path as text, line of the source where it has lines, text in both languages. */
export interface Problem extends FieldProblem {
  code: ProblemCode
  severity: 'error' | 'warning'
  values: Record<string, string | number>
}

/** Nobody reads more at once, and a hostile input could ask for millions. */
export const MAX_PROBLEMS = 100

export function error(path: Path, code: ProblemCode, values: Finding['values'] = {}): Finding {
  return { path, code, severity: 'error', values }
}

export function warning(path: Path, code: ProblemCode, values: Finding['values'] = {}): Finding {
  return { path, code, severity: 'warning', values }
}

export function hasErrors(findings: { severity: 'error' | 'warning' }[]): boolean {
  return findings.some(({ severity }) => severity === 'error')
}

/** Puts a finding into words. `line` counts from 1. */
export function toProblem(finding: Finding, line?: number): Problem {
  const { path, code, severity, values } = finding
  const key = `process-checker:${code}`
  const message = inBothLanguages(key, values)
  return { path: formatPath(path), line, code, severity, values, message }
}

/** `steps[1].question`, as people write it. */
function formatPath(path: Path): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === 'number') return `${text}[${segment}]`
    return text === '' ? segment : `${text}.${segment}`
  }, '')
}
