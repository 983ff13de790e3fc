import { MailError } from './errors.ts'

/** What became of one item of several. */
export type Outcome<Value> = { value: Value; error: null } | { value: null; error: MailError }

/** Waits for a call; anything but a `MailError` is thrown on. */
export async function outcomeOf<Value>(call: Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { value: await call, error: null }
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    return { value: null, error }
  }
}
