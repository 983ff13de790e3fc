import type { Selectable } from 'kysely'
import type { ParsedMessage } from '../mail/message.ts'
import type { ReplyReading } from '../replies/reading.ts'
import type { Context, Tx } from '../store/context.ts'
import type { InboundMessageTable, InboundOutcome, ReadAs } from '../store/schema.ts'
import type { Verdict } from '../trust/verdict.ts'
import type { Asked } from './find-asked.ts'

export type InboundRow = Selectable<InboundMessageTable>

/** A message after everything that needs no transaction: parsed, read and judged. */
export interface Understood {
  row: InboundRow
  message: ParsedMessage
  asked: Asked
  readAs: ReadAs
  reading: ReplyReading
  verdict: Verdict
}

/** What became of a message, and what it is filed under. */
export interface Acted {
  outcome: InboundOutcome
  actionId: string | null
  requestId: number | null
  personId: string | null
}

/** What every step of acting gets: the transaction and the parts it may use. */
export interface ActParts {
  tx: Tx
  context: Omit<Context, 'db'>
}

/** The request, action and person that the message's token stands for. */
export function filedUnder({ asked }: Understood): Omit<Acted, 'outcome'> {
  return {
    actionId: asked.asked?.loaded.action.id ?? null,
    requestId: asked.asked?.loaded.request.id ?? null,
    personId: asked.asked?.person.id ?? null,
  }
}
