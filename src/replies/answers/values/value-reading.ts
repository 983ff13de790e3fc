import type { InvalidReason } from '../../reading.ts'

/** What stands for an answer, read as a value: in the one notation of `AnswerDetail.value`, or why it is none. */
export type ValueReading = { value: string } | { reason: InvalidReason; meanings?: string[] }

/** Not one value, but none or several. */
export const notAValue: ValueReading = { reason: 'not-an-answer' }
