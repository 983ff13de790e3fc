import { sql } from 'kysely'

/**
 * Of a joined `mailbox`: not one that is being read again after a restore. Which of two answers came first is not known
 * before all of it was read.
 */
export const isReadToItsEnd = sql<boolean>`
  (mailbox.reattachment ->> 'at' is null or mailbox.reattachment ->> 'endedAt' is not null)
`
