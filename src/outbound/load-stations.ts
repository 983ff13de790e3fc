import type { Kysely } from 'kysely'
import { type LoadedAction, loadAction } from '../approvals/load-action.ts'
import { localText } from '../approvals/model/local-text.ts'
import type { Locale } from '../lib/translate.ts'
import type { Database } from '../store/schema.ts'
import type { StationFacts } from './compose/mail-model.ts'
import { decisionFacts, mustFindPerson } from './load-mail-facts.ts'

/** Of a request that went in circles, the last actions. */
const MOST_STATIONS = 20

/** What became of each action of a request, in their order; of a long one the last twenty. */
export async function loadStations(
  db: Kysely<Database>,
  requestId: number,
  locale: Locale,
): Promise<StationFacts[]> {
  const actions = await db
    .selectFrom('action')
    .select('id')
    .where('requestId', '=', requestId)
    .orderBy('number', 'desc')
    .limit(MOST_STATIONS)
    .execute()
  return Promise.all(actions.reverse().map(({ id }) => loadStation(db, id, locale)))
}

async function loadStation(db: Kysely<Database>, actionId: string, locale: Locale): Promise<StationFacts> {
  const loaded = await loadAction(db, actionId)
  const { action, step, assignees } = loaded
  const title = localText(step.title, locale)
  const decision = await decisionFacts(db, loaded, locale)
  if (decision !== null) return { title, state: { kind: 'decided', decision } }
  if (action.status !== 'open') {
    return { title, state: { kind: 'withdrawn', at: action.closedAt ?? action.openedAt } }
  }
  const latest = Math.max(
    ...assignees.map(({ assignedAt }) => assignedAt.getTime()),
    action.openedAt.getTime(),
  )
  return {
    title,
    state: {
      kind: 'waiting',
      names: await assigneeNames(db, loaded),
      since: new Date(latest),
      dueAt: action.dueAt,
    },
  }
}

/** Of those who are asked now. */
export async function assigneeNames(db: Kysely<Database>, { assignees }: LoadedAction): Promise<string[]> {
  const people = await Promise.all(assignees.map(({ personId }) => mustFindPerson(db, personId)))
  return people.map(({ name }) => name)
}
