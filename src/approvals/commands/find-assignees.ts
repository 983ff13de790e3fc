import type { Kysely } from 'kysely'
import { findPerson, findPersonByAddress, membersOfGroup, type Person } from '../../people/find-person.ts'
import type { Database } from '../../store/schema.ts'
import type { Step } from '../model/process.ts'

export interface FoundAssignee {
  person: Person
  /** The group they were found through; membership is judged again when they answer. */
  groupId: string | null
  /** Who has handed it on to them, and what they say; null of those who are asked at first. */
  handedOn: { by: string; comment: string } | null
}

export type FoundAssignees =
  | { outcome: 'found'; assignees: FoundAssignee[] }
  /** Nobody can be asked. `wanted` names what the definition asked for, for the administrator. */
  | {
      outcome: 'nobody'
      reason: 'person-unknown' | 'group-unknown' | 'group-empty' | 'no-manager' | 'requester-only'
      wanted: string
    }

/**
 * Who may decide a step of this request. The requester is left out, unless the step lets them approve their own
 * request.
 */
export async function findAssignees(
  db: Kysely<Database>,
  step: Step,
  request: { requesterId: string; data: Record<string, unknown> },
): Promise<FoundAssignees> {
  const candidates = await findCandidates(db, step, request)
  if (candidates.outcome === 'nobody' || step.requesterMayApprove) return candidates
  const others = candidates.assignees.filter(({ person }) => person.id !== request.requesterId)
  if (others.length > 0) return { outcome: 'found', assignees: others }
  return {
    outcome: 'nobody',
    reason: 'requester-only',
    wanted: candidates.assignees[0]?.person.address ?? '',
  }
}

async function findCandidates(
  db: Kysely<Database>,
  step: Step,
  request: { requesterId: string; data: Record<string, unknown> },
): Promise<FoundAssignees> {
  const { assignee } = step
  switch (assignee.kind) {
    case 'person':
      return single(await findPersonByAddress(db, assignee.address), 'person-unknown', assignee.address)
    case 'field': {
      const address = String(request.data[assignee.field] ?? '')
      return single(await findPersonByAddress(db, address), 'person-unknown', address)
    }
    case 'manager': {
      const requester = await findPerson(db, request.requesterId)
      const manager = requester?.managerId ? await findPerson(db, requester.managerId) : null
      return single(manager?.active ? manager : null, 'no-manager', requester?.address ?? '')
    }
    case 'group': {
      const group = await membersOfGroup(db, assignee.name)
      if (!group) return { outcome: 'nobody', reason: 'group-unknown', wanted: assignee.name }
      if (group.people.length === 0)
        return { outcome: 'nobody', reason: 'group-empty', wanted: assignee.name }
      const { groupId, people } = group
      return { outcome: 'found', assignees: people.map((person) => ({ person, groupId, handedOn: null })) }
    }
  }
}

function single(
  person: Person | null,
  reason: 'person-unknown' | 'no-manager',
  wanted: string,
): FoundAssignees {
  if (!person) return { outcome: 'nobody', reason, wanted }
  return { outcome: 'found', assignees: [{ person, groupId: null, handedOn: null }] }
}
