import type { ImportedPerson, PeopleImport } from './people-import.ts'
import { error, type Finding, MAX_PROBLEMS, warning } from './problem.ts'
import { repeated } from './rules/repeated.ts'

type Rule = (people: PeopleImport) => Finding[]

const rules: Rule[] = [
  addressesUnique,
  managersKnown,
  managersAcyclic,
  groupsUnique,
  membersKnown,
  groupsFilled,
]

/** What is wrong with an import of the right shape. Addresses are folded; managers and members may be aliases. */
export function checkPeople(people: PeopleImport): Finding[] {
  return rules.flatMap((rule) => rule(people)).slice(0, MAX_PROBLEMS)
}

/** One address, one person: otherwise a reply from it could be anybody's. */
function addressesUnique({ people }: PeopleImport): Finding[] {
  const places = people.flatMap(({ address, aliases }, person) => [
    { address, path: ['people', person, 'address'] },
    ...aliases.map((alias, index) => ({ address: alias, path: ['people', person, 'aliases', index] })),
  ])
  return repeated(places.map(({ address }) => address)).map(({ value, index }) =>
    error(places[index]?.path ?? [], 'address-twice', { address: value }),
  )
}

function managersKnown({ people }: PeopleImport): Finding[] {
  const known = personByAddress(people)
  return people.flatMap(({ address, manager }, index) =>
    manager === null || known.has(manager)
      ? []
      : [error(['people', index, 'manager'], 'manager-unknown', { address, manager })],
  )
}

/** Follows each chain of managers once; people whose chain ends are not walked again. */
function managersAcyclic({ people }: PeopleImport): Finding[] {
  const known = personByAddress(people)
  const settled = new Set<ImportedPerson>()
  return people.flatMap((person, index) => {
    const chain = new Set<ImportedPerson>()
    let next: ImportedPerson | undefined = person
    while (next !== undefined && !settled.has(next) && !chain.has(next)) {
      chain.add(next)
      next = next.manager === null ? undefined : known.get(next.manager)
    }
    const isCycle = next !== undefined && chain.has(next)
    for (const member of chain) settled.add(member)
    return isCycle
      ? [error(['people', index, 'manager'], 'manager-cycle', { chain: describeCycle(chain, next) })]
      : []
  })
}

/** `a → b → a`, without those who only lead into it; shortened, for a cycle may be long. */
function describeCycle(chain: Set<ImportedPerson>, entry: ImportedPerson | undefined): string {
  const members = [...chain].map(({ address }) => address)
  const cycle = members.slice(members.indexOf(entry?.address ?? ''))
  const shown = cycle.length > 5 ? [...cycle.slice(0, 5), '…'] : cycle
  return [...shown, cycle[0]].join(' → ')
}

function groupsUnique({ groups }: PeopleImport): Finding[] {
  return repeated(groups.map(({ name }) => name)).map(({ value, index }) =>
    error(['groups', index, 'name'], 'group-twice', { group: value }),
  )
}

function membersKnown({ people, groups }: PeopleImport): Finding[] {
  const known = personByAddress(people)
  return groups.flatMap(({ name, members }, group) =>
    members.flatMap((member, index) =>
      known.has(member)
        ? []
        : [error(['groups', group, 'members', index], 'member-unknown', { group: name, member })],
    ),
  )
}

function groupsFilled({ groups }: PeopleImport): Finding[] {
  return groups.flatMap(({ name, members }, index) =>
    members.length === 0 ? [warning(['groups', index, 'members'], 'group-empty', { group: name })] : [],
  )
}

function personByAddress(people: ImportedPerson[]): Map<string, ImportedPerson> {
  return new Map(
    people.flatMap((person) => [person.address, ...person.aliases].map((address) => [address, person])),
  )
}
