/**
 * Fields that stand on every log line of one piece of work, however deep it is written: which HTTP request, which job,
 * which message. They belong to the asynchronous context, so that nothing has to be handed down.
 */
import { AsyncLocalStorage } from 'node:async_hooks'

type LogFields = Readonly<Record<string, string | number>>

const current = new AsyncLocalStorage<LogFields>()

/** Runs something with these fields, beside those that are set already. */
export function withLogFields<Value>(fields: LogFields, run: () => Value): Value {
  return current.run({ ...current.getStore(), ...fields }, run)
}

/** A copy of the fields that are set here. */
export function logFields(): Record<string, string | number> {
  return { ...current.getStore() }
}
