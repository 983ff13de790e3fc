import { queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '../../api/client.ts'
import type { components } from '../../api/schema.ts'

export type Mailbox = components['schemas']['Mailbox']

/** Often enough to see a mailbox come to work that was just entered. */
const LOOK_MS = 10_000

/** The mailboxes of the installation, by name. */
export const mailboxes = queryOptions({
  queryKey: ['mailboxes'],
  queryFn: async () => (await answerOf(api.GET('/api/mailboxes'))).items,
  refetchInterval: LOOK_MS,
})
