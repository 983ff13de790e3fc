import { isDeepStrictEqual } from 'node:util'
import type { ReplyReading } from '../../replies/reading.ts'

/** What a reading says, without how it was found: all that anything follows from. */
export type Saying = Pick<
  ReplyReading,
  | 'kind'
  | 'answers'
  | 'confirm'
  | 'reason'
  | 'instruction'
  | 'missing'
  | 'invalid'
  | 'comment'
  | 'automatic'
  | 'bounce'
>

/** In the order in which people are told of them. */
const members = [
  'kind',
  'answers',
  'confirm',
  'reason',
  'instruction',
  'missing',
  'invalid',
  'comment',
  'automatic',
  'bounce',
] as const satisfies (keyof Saying)[]

/** What a reading says; one that an earlier version has stored may lack a member, which then said nothing. */
export function sayingOf(reading: Partial<ReplyReading> & Pick<ReplyReading, 'kind'>): Saying {
  const { kind, answers = {}, confirm = null, reason = null, instruction = null } = reading
  const { missing = [], invalid = [], comment = '', automatic = null, bounce = null } = reading
  return { kind, answers, confirm, reason, instruction, missing, invalid, comment, automatic, bounce }
}

/** The members in which two sayings differ; those of a message that cannot be read (null) in all or in none. */
export function differences(was: Saying | null, now: Saying | null): (keyof Saying)[] {
  return members.filter((member) => !isDeepStrictEqual(was?.[member], now?.[member]))
}
