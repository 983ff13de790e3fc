import { type Check, isBoolean, isCount, isStrings, orNull } from '../check-json.ts'

/** How Microsoft Graph behaves for a tenant. */
export interface GraphSettings {
  /** Requests that may work on one mailbox at a time, for each app; one more gets a 429. `null` lifts the limit. */
  concurrency: number | null
  /**
   * Header fields that are lost when a message comes as MIME. What exactly is lost has been reported only, so that a client
   * had better need none of its own; a name may end in `*`.
   */
  droppedHeaders: string[]
  /** Whether each page of a delta round but the first one begins with the last item of the page before. */
  deltaRepeats: boolean
  /** Seed of the order in which the answers of a `$batch` come; `null` keeps that of the requests. */
  batchOrderSeed: number | null
}

export const defaultGraphSettings: GraphSettings = {
  concurrency: 4,
  droppedHeaders: ['Auto-Submitted', 'Precedence'],
  deltaRepeats: false,
  batchOrderSeed: 1,
}

export const graphChecks: Record<keyof GraphSettings, Check> = {
  concurrency: orNull(isCount),
  droppedHeaders: isStrings,
  deltaRepeats: isBoolean,
  batchOrderSeed: orNull(isCount),
}
