import type { FaultAnswer } from '../faults.ts'

/** The words that a fault puts in the place of a reply, or `null`. */
export function laidReply(fault: FaultAnswer | null): string | null {
  return typeof fault === 'object' && fault !== null && 'reply' in fault ? fault.reply : null
}
