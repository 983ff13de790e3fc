import type { Kysely } from 'kysely'
import type { LoadedAction } from '../approvals/load-action.ts'
import type { Database, OutboundPayload } from '../store/schema.ts'
import type { ApprovalModel, HelpFacts } from './compose/mail-model.ts'
import { mustFindPerson } from './load-mail-facts.ts'

/** Who has handed an action on, by name. */
export async function handedOnFacts(
  db: Kysely<Database>,
  handedOn: OutboundPayload['handedOn'],
): Promise<ApprovalModel['handedOn']> {
  if (handedOn === undefined) return null
  const { name } = await mustFindPerson(db, handedOn.by)
  return { byName: name, comment: handedOn.comment }
}

/** The instructions that hold for an action, and why one of them was not followed. */
export async function helpFacts(
  db: Kysely<Database>,
  { step }: LoadedAction,
  refused: OutboundPayload['refused'],
): Promise<HelpFacts> {
  const { delegation } = step
  if (refused === undefined) return { delegation, refused: null }
  const people = await Promise.all(refused.candidates.map((id) => mustFindPerson(db, id)))
  return {
    delegation,
    refused: { ...refused, candidates: people.map(({ name, address }) => ({ name, address })) },
  }
}
