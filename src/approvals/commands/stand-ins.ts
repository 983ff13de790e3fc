import { type Delegation, delegationAt } from '../../people/delegations.ts'
import { findPerson, type Person } from '../../people/find-person.ts'
import type { Tx } from '../../store/context.ts'
import type { Step } from '../model/process.ts'
import { asDelegate } from './as-delegate.ts'
import type { FoundAssignee } from './find-assignees.ts'

/** How often a part goes on from somebody away to the next: who is asked in the end must know why. */
const MOST_HOPS = 3

/** That somebody is asked because somebody else is away. */
export interface StandIn {
  away: Person
  to: Person
  delegation: Delegation
}

/**
 * Who is asked of these assignees at this moment: in the place of each who is away, whom they or an administrator have
 * named (ADR 19). What a person records for themselves is bound by the step's `delegation`, as handing on an action is;
 * what somebody else recorded for them, an administrator, is not. Somebody whose stand-in may not be asked is asked
 * themselves: an action never waits for nobody because of an absence.
 */
export async function withStandIns(
  tx: Tx,
  step: Step,
  request: { requesterId: string },
  { assignees, now }: { assignees: FoundAssignee[]; now: Date },
): Promise<{ assignees: FoundAssignee[]; standIns: StandIn[] }> {
  const followed = await Promise.all(
    assignees.map((assignee) => follow(tx, step, request, { assignee, now })),
  )
  // Two who are away may have named the same person, or somebody who is asked anyhow: in their own right, then.
  const own = followed.filter(({ standIns }) => standIns.length === 0).map(({ assignee }) => assignee)
  const others = followed.filter(({ standIns }) => standIns.length > 0).map(({ assignee }) => assignee)
  const unique = new Map([...others.toReversed(), ...own].map((each) => [each.person.id, each]))
  return { assignees: [...unique.values()], standIns: followed.flatMap(({ standIns }) => standIns) }
}

async function follow(
  tx: Tx,
  step: Step,
  request: { requesterId: string },
  { assignee, now }: { assignee: FoundAssignee; now: Date },
): Promise<{ assignee: FoundAssignee; standIns: StandIn[] }> {
  const standIns: StandIn[] = []
  const seen = new Set([assignee.person.id])
  let asked = assignee
  while (standIns.length < MOST_HOPS) {
    const away = asked.person
    const delegation = await delegationAt(tx, { personId: away.id, at: now })
    const to = delegation && (await findPerson(tx, delegation.toId))
    if (!delegation || !to?.active || seen.has(to.id)) break
    if (to.id === request.requesterId && !step.requesterMayApprove) break
    const allowed = await allowedBy(tx, step, delegation, to)
    if (allowed === null) break
    seen.add(to.id)
    standIns.push({ away, to, delegation })
    asked = { person: to, groupId: allowed.groupId, handedOn: { by: away.id, comment: delegation.note } }
  }
  return { assignee: asked, standIns }
}

async function allowedBy(
  tx: Tx,
  step: Step,
  delegation: Delegation,
  to: Person,
): Promise<{ groupId: string | null } | null> {
  const isOwn = delegation.recordedBy === delegation.personId
  return isOwn ? asDelegate(tx, step, to) : { groupId: null }
}
