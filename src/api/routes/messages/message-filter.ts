import type { Standing } from './standing.ts'

/** What a list of messages is narrowed by, inbound and outbound alike. */
export interface MessageFilter {
  limit: number
  /** The id that the page before ended with. */
  after?: string | undefined
  mailbox?: string | undefined
  request?: number | undefined
  /** All addresses of somebody. */
  person?: string[] | undefined
  standing?: Standing | undefined
}
