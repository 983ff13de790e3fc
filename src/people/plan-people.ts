import { sql } from 'kysely'
import { newId } from '../lib/new-id.ts'
import { inBothLanguages } from '../lib/translate.ts'
import type { Tx } from '../store/context.ts'
import type { PersonChange } from '../store/schema.ts'
import { chunksOf } from './chunks-of.ts'
import { loadPeople, type PersonState } from './load-people.ts'
import { findManagerCircles } from './manager-circles.ts'

/** How somebody is to be. */
export interface WantedPerson extends PersonState {
  /** Whom it is about; left out, whoever has the address, or somebody new. */
  id?: string
}

export interface PlannedPerson {
  id: string
  before: PersonState | null
  after: PersonState
  /** Empty of somebody who is so already. */
  changes: PersonChange[]
}

/** What keeps a plan from being done, with the person whom it is about by the address they are to have. */
export interface PeopleProblem {
  person: string
  field: 'address' | 'aliases' | 'manager'
  message: { en: string; fr: string }
}

export interface PeoplePlan {
  people: PlannedPerson[]
  problems: PeopleProblem[]
}

/**
 * What has to be changed so that these people are as wanted; writes nothing. Addresses are folded and each stands once. A
 * manager is one of them or somebody who is known already. Call `lockPeople` before, so that it stays true. An import keeps the
 * language of those who chose it themselves.
 */
export async function planPeople(
  tx: Tx,
  wanted: readonly WantedPerson[],
  { isImport = false } = {},
): Promise<PeoplePlan> {
  const known = await loadPeople(tx, wanted)
  const people: PlannedPerson[] = []
  for (const { id, ...after } of wanted) {
    const found = id === undefined ? known.byAddress.get(after.address) : known.byId.get(id)
    const locale = isImport && found?.localeChosen ? found.state.locale : after.locale
    people.push({
      id: found?.id ?? newId(),
      before: found?.state ?? null,
      after: { ...after, locale, aliases: after.aliases.toSorted() },
      changes: [],
    })
  }
  const managers = await resolveManagers(tx, people)
  for (const person of people) {
    const { manager } = person.after
    // From here on managers go by the one address of the person.
    if (manager !== null) person.after.manager = managers.get(manager)?.address ?? manager
    person.changes = changesOf(person)
  }
  const problems = [
    ...(await findTaken(tx, people)),
    ...people.flatMap(({ after }) =>
      after.manager === null || managers.has(after.manager)
        ? []
        : [
            problem(after.address, 'manager', 'manager-not-known', {
              person: after.address,
              manager: after.manager,
            }),
          ],
    ),
  ]
  if (problems.length > 0) return { people, problems }
  const circles = await findManagerCircles(
    tx,
    people
      .filter(({ changes }) => changes.some(({ field }) => field === 'manager'))
      .map(({ id, after }) => ({
        id,
        address: after.address,
        managerId: after.manager === null ? null : (managers.get(after.manager)?.id ?? null),
      })),
  )
  return {
    people,
    problems: circles.map((person) => problem(person, 'manager', 'manager-circle', { person })),
  }
}

/**
 * Keeps all others from changing people until the transaction ends: what is planned is then what is done. Who reads, signs
 * in or answers goes on.
 */
export async function lockPeople(tx: Tx): Promise<void> {
  await sql`lock table person in share row exclusive mode`.execute(tx)
}

const fields = ['address', 'name', 'locale', 'role', 'active', 'manager', 'aliases'] as const

function changesOf({ before, after }: PlannedPerson): PersonChange[] {
  return fields.flatMap((field) => {
    const from = before === null ? null : textOf(before[field])
    const to = textOf(after[field])
    return from === to ? [] : [{ field, from, to }]
  })
}

function textOf(value: PersonState[(typeof fields)[number]]): string | null {
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(', ')
  return value === null ? null : String(value)
}

/** Those whom the managers of a plan mean, by each address that is written: one of the plan, or somebody known. */
async function resolveManagers(
  tx: Tx,
  people: readonly PlannedPerson[],
): Promise<ReadonlyMap<string, { id: string; address: string }>> {
  const found = new Map(
    people.flatMap(({ id, after }) =>
      [after.address, ...after.aliases].map((address) => [address, { id, address: after.address }] as const),
    ),
  )
  const planned = new Set(people.map(({ id }) => id))
  const written = new Set(people.flatMap(({ after }) => after.manager ?? []))
  const missing = [...written].filter((address) => !found.has(address))
  for await (const chunk of chunksOf(missing)) {
    for (const { owned, id, address } of await ownersOf(tx, chunk)) {
      // What somebody of the plan had before, and gives up by it, is nobody's.
      if (planned.has(id)) continue
      found.set(owned, { id, address })
      found.set(address, { id, address })
    }
  }
  return found
}

/** An address has one owner: one that somebody outside the plan has is refused, with both named. */
async function findTaken(tx: Tx, people: readonly PlannedPerson[]): Promise<PeopleProblem[]> {
  const planned = new Set(people.map(({ id }) => id))
  const wanted = new Map(
    people.flatMap(({ after }) => [after.address, ...after.aliases].map((each) => [each, after.address])),
  )
  const problems: PeopleProblem[] = []
  for await (const chunk of chunksOf([...wanted.keys()])) {
    for (const { owned, id, address: owner } of await ownersOf(tx, chunk)) {
      if (planned.has(id)) continue
      const person = wanted.get(owned) ?? ''
      const field = owned === person ? 'address' : 'aliases'
      problems.push(problem(person, field, 'address-taken', { person, address: owned, owner }))
    }
  }
  return problems
}

async function ownersOf(
  tx: Tx,
  addresses: readonly string[],
): Promise<{ owned: string; id: string; address: string }[]> {
  return tx
    .selectFrom('person')
    .select(['address as owned', 'id', 'address'])
    .where('address', 'in', addresses)
    .unionAll(
      tx
        .selectFrom('personAlias')
        .innerJoin('person', 'person.id', 'personAlias.personId')
        .select(['personAlias.address as owned', 'person.id', 'person.address'])
        .where('personAlias.address', 'in', addresses),
    )
    .execute()
}

function problem(
  person: string,
  field: PeopleProblem['field'],
  key: 'address-taken' | 'manager-not-known' | 'manager-circle',
  values: Record<string, string>,
): PeopleProblem {
  return { person, field, message: inBothLanguages(`errors:problem.${key}`, values) }
}
