import { type CheckedValue, checkFieldValue } from './check-field-value.ts'
import { error, type Finding, MAX_PROBLEMS, type Problem, toProblem } from './problem.ts'
import type { Field, ProcessDefinition } from './process.ts'

/**
 * Values of a request by field name: texts, choices and addresses as text, dates as `2026-07-15`, money as a decimal
 * text with the digits of its currency (`18460.00`), numbers as numbers. Fields without a value are not there.
 */
export type RequestData = Record<string, string | number>

/**
 * Checks what a requester has filled in against the definition's fields. `problems` are all errors, their paths are
 * field names; `data` is to be used only when there are none. An empty text counts as no value.
 */
export function checkRequestData(
  definition: ProcessDefinition,
  input: unknown,
): { data: RequestData; problems: Problem[] } {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { data: {}, problems: [toProblem(error([], 'data-expected-map'))] }
  }
  const values = new Map<string, unknown>(Object.entries(input))
  const checked = definition.fields
    .filter(({ filledBy }) => filledBy === 'requester')
    .map((field) => ({ name: field.name, ...checkField(field, values.get(field.name)) }))
  const findings = [...foreignKeys(definition.fields, values), ...checked.flatMap((field) => field.findings)]
  return {
    data: Object.fromEntries(checked.flatMap(({ name, value }) => (value === null ? [] : [[name, value]]))),
    problems: findings.slice(0, MAX_PROBLEMS).map((finding) => toProblem(finding)),
  }
}

function checkField(field: Field, value: unknown): { value: string | number | null; findings: Finding[] } {
  const isEmpty = value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
  if (isEmpty) return { value: null, findings: field.required ? [error([field.name], 'data-required')] : [] }
  const checked: CheckedValue = checkFieldValue(field, value)
  return 'value' in checked
    ? { value: checked.value, findings: [] }
    : { value: null, findings: [error([field.name], checked.code, checked.values)] }
}

/** A misspelt name would otherwise lose its value without a word, and nobody fills in a decision beforehand. */
function foreignKeys(fields: Field[], values: Map<string, unknown>): Finding[] {
  return [...values.keys()].slice(0, MAX_PROBLEMS + fields.length).flatMap((name) => {
    const field = fields.find((candidate) => candidate.name === name)
    if (field === undefined) return [error([name.slice(0, 60)], 'data-unknown-field')]
    return field.filledBy === 'approver' ? [error([name], 'data-field-of-approver')] : []
  })
}
