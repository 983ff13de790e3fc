import { isMember, membersOfGroup, type Person } from '../../people/find-person.ts'
import type { Tx } from '../../store/context.ts'
import type { Step } from '../model/process.ts'

/** The group through which a step lets somebody be asked, if any; null when it does not. */
export async function asDelegate(
  tx: Tx,
  { delegation }: Step,
  { id, active }: Person,
): Promise<{ groupId: string | null } | null> {
  if (delegation.kind === 'none' || !active) return null
  if (delegation.kind === 'people') return { groupId: null }
  const group = await membersOfGroup(tx, delegation.name)
  if (group === null) return null
  return (await isMember(tx, { groupId: group.groupId, personId: id })) ? { groupId: group.groupId } : null
}
