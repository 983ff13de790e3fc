import { foldAddress } from '../../lib/fold-address.ts'
import { checkPeople } from './check-people.ts'
import { checkShape } from './check-shape.ts'
import { type PeopleFormat, peopleFormat } from './people-format.ts'
import type { PeopleImport } from './people-import.ts'
import { hasErrors, type Problem } from './problem.ts'
import { readYaml } from './read-yaml.ts'

/** Some 20,000 people with their groups. */
const MAX_BYTES = 4 * 1024 * 1024

/** `people` is null when one of the problems is an error; warnings may stand beside an import. */
export interface PeopleReading {
  people: PeopleImport | null
  problems: Problem[]
}

/** Reads people and groups from YAML or JSON and checks them. Never throws; at most `MAX_PROBLEMS` problems. */
export function readPeople(text: string): PeopleReading {
  const source = readYaml(text, MAX_BYTES)
  if (source.problems.length > 0) return { people: null, problems: source.problems }
  const shape = checkShape(peopleFormat, source.value)
  if (shape.data === null) return { people: null, problems: source.locate(shape.findings) }

  const people = toImport(shape.data)
  const findings = checkPeople(people)
  const problems = source.locate(findings)
  if (hasErrors(findings)) return { people: null, problems }
  return { people: withPrimaryAddresses(people), problems }
}

function toImport({ people, groups }: PeopleFormat): PeopleImport {
  return {
    people: people.map((person) => ({
      ...person,
      address: foldAddress(person.address),
      manager: person.manager === undefined ? null : foldAddress(person.manager),
      aliases: person.aliases.map(foldAddress),
    })),
    groups: groups.map(({ name, members }) => ({ name, members: members.map(foldAddress) })),
  }
}

/** Managers and members may be named by an alias; from here on they go by the one address of the person. */
function withPrimaryAddresses({ people, groups }: PeopleImport): PeopleImport {
  const primary = new Map(
    people.flatMap(({ address, aliases }) => [address, ...aliases].map((alias) => [alias, address] as const)),
  )
  const resolve = (address: string) => primary.get(address) ?? address
  return {
    people: people.map((person) => ({
      ...person,
      manager: person.manager === null ? null : resolve(person.manager),
    })),
    groups: groups.map(({ name, members }) => ({ name, members: [...new Set(members.map(resolve))] })),
  }
}
