import type { z } from 'zod'
import type { Context } from '../../../store/context.ts'
import type { OutboundMessageTable } from '../../../store/schema.ts'
import { toPage } from '../../paging.ts'
import type { MessageFilter } from './message-filter.ts'
import type { outboundSummary } from './message-view.ts'
import { selectOutbound, toOutboundSummaries } from './select-messages.ts'
import { statesOf } from './standing.ts'

export interface OutboundFilter extends MessageFilter {
  state?: OutboundMessageTable['state'] | undefined
}

/** A page of our mails, newest first. */
export async function listOutbound(
  context: Pick<Context, 'db' | 'clock'>,
  { limit, after, mailbox, request, person, standing, state }: OutboundFilter,
): Promise<{ items: z.output<typeof outboundSummary>[]; next: string | null }> {
  let messages = selectOutbound(context.db)
    .orderBy('outboundMessage.id', 'desc')
    .limit(limit + 1)
  if (after !== undefined) messages = messages.where('outboundMessage.id', '<', after)
  if (mailbox !== undefined) messages = messages.where('mailbox.name', '=', mailbox)
  if (request !== undefined) messages = messages.where('outboundMessage.requestId', '=', request)
  if (person !== undefined) messages = messages.where('outboundMessage.toAddress', 'in', person)
  if (state !== undefined) messages = messages.where('outboundMessage.state', '=', state)
  if (standing === 'waiting-for-budget') {
    messages = messages
      .where('outboundMessage.state', '=', 'waiting')
      .where('outboundMessage.waitsFor', 'is not', null)
  } else if (standing !== undefined) {
    const states = statesOf(standing)
    if (states.length === 0) return { items: [], next: null }
    messages = messages.where('outboundMessage.state', 'in', states)
    if (standing === 'waiting') {
      messages = messages.where((where) =>
        where.or([
          where('outboundMessage.state', '!=', 'waiting'),
          where('outboundMessage.waitsFor', 'is', null),
        ]),
      )
    }
  }
  const { rows, next } = toPage(await messages.execute(), limit)
  return { items: await toOutboundSummaries(context, rows), next }
}
