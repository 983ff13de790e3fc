import { AppError } from '../../lib/app-error.ts'
import { lockPeople, planPeople } from '../../people/plan-people.ts'
import { makeGroups, planGroups, writeMemberships } from '../../people/write-groups.ts'
import { writePeople } from '../../people/write-people.ts'
import type { Context } from '../../store/context.ts'
import { MAX_PROBLEMS } from '../model/problem.ts'
import { readPeople } from '../model/read-people.ts'

export interface ImportedPeople {
  people: number
  groups: number
}

/**
 * Imports people and groups from YAML or JSON: somebody known by their address is changed, somebody new is added, and groups
 * in the text get exactly the members that it names. People and groups that it does not name stay as they are. `actorId` is
 * null for the operator. Throws `invalid-people` with the problems, `own-access`.
 */
export async function importPeople(
  context: Context,
  text: string,
  actorId: string | null = null,
): Promise<ImportedPeople> {
  const { people: checked, problems } = readPeople(text)
  if (checked === null) throw new AppError('invalid-people', {}, { problems })
  const now = context.clock()
  await context.db.transaction().execute(async (tx) => {
    await lockPeople(tx)
    const plan = await planPeople(tx, checked.people, { isImport: true })
    if (plan.problems.length > 0) {
      const told = plan.problems.slice(0, MAX_PROBLEMS)
      throw new AppError(
        'invalid-people',
        {},
        { problems: told.map(({ person, message }) => ({ path: person, message })) },
      )
    }
    await writePeople(tx, { people: plan.people, actorId, now })
    const ids = new Map(plan.people.map(({ id, after }) => [after.address, id]))
    const groups = checked.groups.map(({ name, members }) => ({
      name,
      members: members.map((address) => idOf(ids, address)),
    }))
    await makeGroups(tx, { names: groups.map(({ name }) => name), actorId, now })
    await writeMemberships(tx, { changes: await planGroups(tx, groups), actorId, now })
  })
  return { people: checked.people.length, groups: checked.groups.length }
}

function idOf(ids: ReadonlyMap<string, string>, address: string): string {
  const id = ids.get(address)
  if (id === undefined) throw new Error(`${address} is not among the people of the import`)
  return id
}
