import { reassignAction } from '../approvals/commands/reassign-action.ts'
import { COMMENT_LIMIT } from '../approvals/commands/record-decision.ts'
import type { DelegationRefusal } from '../approvals/model/delegation-refusal.ts'
import type { MayReassign } from '../approvals/model/state-machine.ts'
import { putInOutbox } from '../outbound/outbox.ts'
import { findColleagues } from '../people/find-colleagues.ts'
import { findPeopleCalled } from '../people/find-people-called.ts'
import { membersOfGroup, type Person } from '../people/find-person.ts'
import { askBack } from './ask-back.ts'
import { evidenceOf } from './evidence.ts'
import type { AskedPerson } from './find-asked.ts'
import { tellLate } from './tell-late.ts'
import { type Acted, type ActParts, filedUnder, type Understood } from './understood.ts'

/** Of a name in our answer, in UTF-16 units. */
const LONGEST_NAME = 200
/** People among whom our answer lets them choose. */
const MOST_CANDIDATES = 5

/**
 * Hands an action on to whom a proven reply names, within the rules of its step, and confirms it. A name must mean one
 * person alone; whatever keeps it from being done is told, with the instructions that hold for the action.
 */
export async function delegate(parts: ActParts, understood: Understood, asked: AskedPerson): Promise<Acted> {
  const { instruction, comment } = understood.reading
  const written = instruction?.to ?? ''
  const found = await findDelegate(parts, asked, written)
  if ('why' in found) return refuse(parts, understood, asked, { ...found, to: written })

  const { row } = understood
  const { action, request } = asked.loaded
  const may = await reassignAction(parts.tx, parts.context, {
    actionId: action.id,
    to: found.person,
    // Whoever is asked hands on their own part, administrator or not.
    actor: { id: asked.person.id, role: 'member' },
    comment: comment.slice(0, COMMENT_LIMIT),
    proof: { inboundMessageId: row.id, rawSha256: row.rawSha256, evidence: evidenceOf(understood) },
  })
  if (may === 'action-closed' || may === 'not-allowed') return tellLate(parts, understood, asked)
  if (may !== 'yes') {
    const why = found.person.id === asked.person.id ? 'yourself' : refusals[may]
    return refuse(parts, understood, asked, { why, to: written, candidates: [] })
  }
  // One a delegation, of which there are few: nothing can loop through it, so it is no matter of the cap on answers.
  await putInOutbox(parts.tx, parts.context, [
    {
      kind: 'delegated',
      mailboxId: row.mailboxId,
      toAddress: asked.person.address,
      personId: asked.person.id,
      requestId: request.id,
      actionId: action.id,
      inReplyTo: row.id,
      payload: { delegated: { to: found.person.id, until: instruction?.until ?? null } },
    },
  ])
  return { outcome: 'instructed', ...filedUnder(understood) }
}

const refusals: Record<Exclude<MayReassign, 'yes' | 'action-closed' | 'not-allowed'>, DelegationRefusal> = {
  'own-request': 'requester',
  'delegation-not-allowed': 'not-allowed',
  'not-a-delegate': 'unknown',
  'already-assigned': 'already-asked',
  'delegated-too-often': 'too-often',
}

interface NotFound {
  why: DelegationRefusal
  /** Ids of those whom the name may mean, as far as the one who asks may know of them. */
  candidates: string[]
}

/** The one person whom the step lets be asked and the name means. */
async function findDelegate(
  { tx }: ActParts,
  { loaded, person: asking }: AskedPerson,
  written: string,
): Promise<{ person: Person } | NotFound> {
  const { delegation } = loaded.step
  if (delegation.kind === 'none') return { why: 'not-allowed', candidates: [] }
  if (written === '') return { why: 'no-name', candidates: [] }
  const group = delegation.kind === 'group' ? await membersOfGroup(tx, delegation.name) : null
  if (delegation.kind === 'group' && group === null) return { why: 'unknown', candidates: [] }
  const found = await findPeopleCalled(tx, written, group ?? 'everybody')
  const [person, ...others] = found
  if (person === undefined) return { why: 'unknown', candidates: [] }
  if (others.length === 0) return { person }

  // Whom the step names a group for may know who is in it.
  const ids = found.map(({ id }) => id)
  const known = group === null ? await findColleagues(tx, asking.id, ids) : new Set(ids)
  const candidates = ids.filter((id) => known.has(id) && id !== asking.id)
  return { why: 'several', candidates: candidates.slice(0, MOST_CANDIDATES) }
}

function refuse(
  parts: ActParts,
  understood: Understood,
  asked: AskedPerson,
  refused: NotFound & { to: string },
): Promise<Acted> {
  return askBack(parts, understood, asked, 'help', {
    refused: { ...refused, to: refused.to.slice(0, LONGEST_NAME) },
  })
}
