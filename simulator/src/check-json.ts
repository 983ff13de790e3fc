import { InvalidInput } from './invalid-input.ts'

/** What a member of a JSON object has to pass. */
export type Check = (value: unknown) => boolean

type Json = Record<string, unknown>

/** Checks of what the control API and the company file say, so that a misspelt member fails at once and not as a puzzling answer later. */

export const isString = (value: unknown): value is string => typeof value === 'string'
export const isNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value)
export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean'
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const isStrings = (value: unknown) => Array.isArray(value) && value.every(isString)
export const isCount = (value: unknown) => isNumber(value) && Number.isInteger(value) && value > 0
/** A number that counts from 0, such as a position or a duration. */
export const isFromZero = (value: unknown) => isNumber(value) && value >= 0
export const orNull = (check: Check) => (value: unknown) => value === null || check(value)
export const oneOf = (values: readonly string[]) => (value: unknown) =>
  isString(value) && values.includes(value)

/** @throws InvalidInput for a member that has no check or fails it, and for a missing one of `required` */
export function check(value: unknown, checks: Record<string, Check>, required: string[] = []): Json {
  if (!isObject(value)) throw new InvalidInput('a JSON object is needed')
  for (const [name, member] of Object.entries(value)) {
    const isValid = Object.hasOwn(checks, name) ? checks[name] : undefined
    if (!isValid)
      throw new InvalidInput(`"${name}" is not known; known are: ${Object.keys(checks).join(', ')}`)
    if (!isValid(member)) throw new InvalidInput(`"${name}" has a value that does not fit`)
  }
  for (const name of required) if (value[name] === undefined) throw new InvalidInput(`"${name}" is missing`)
  return value
}
