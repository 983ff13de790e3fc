import { foldAddress } from '../../lib/fold-address.ts'
import { error, type Finding, type Path } from './problem.ts'
import type { Assignee, Delegation, ProcessDefinition } from './process.ts'

/** Who there is. */
export interface Directory {
  /** Folded addresses, aliases among them. */
  people: ReadonlySet<string>
  /** Names of groups. */
  groups: ReadonlySet<string>
}

/** Whether the people and groups that a definition's steps name exist. */
export function checkAssignees(definition: ProcessDefinition, directory: Directory): Finding[] {
  return definition.steps.flatMap(({ assignee, delegation }, index) => [
    ...checkAssignee(assignee, ['steps', index, 'assignee'], directory),
    ...checkDelegation(delegation, ['steps', index, 'delegation'], directory),
  ])
}

function checkDelegation(delegation: Delegation, path: Path, { groups }: Directory): Finding[] {
  if (delegation.kind !== 'group' || groups.has(delegation.name)) return []
  return [error(path, 'delegation-group-unknown', { group: delegation.name })]
}

function checkAssignee(assignee: Assignee, path: Path, { people, groups }: Directory): Finding[] {
  switch (assignee.kind) {
    case 'person': {
      const { address } = assignee
      return people.has(foldAddress(address)) ? [] : [error(path, 'assignee-person-unknown', { address })]
    }
    case 'group':
      return groups.has(assignee.name)
        ? []
        : [error(path, 'assignee-group-unknown', { group: assignee.name })]
    // Who they are is known only when the request is there.
    case 'manager':
    case 'field':
      return []
  }
}
