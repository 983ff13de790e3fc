import type { Kysely, Selectable } from 'kysely'
import { type LoadedAction, loadAction } from '../approvals/load-action.ts'
import { findTokens } from '../lib/reply-token.ts'
import type { MessageHead } from '../mail/mailbox.ts'
import type { ParsedMessage } from '../mail/message.ts'
import { aliasesOf, findPerson, isMember, type Person } from '../people/find-person.ts'
import type { KeyRing } from '../store/key-ring.ts'
import type { Database, ReplyTokenTable } from '../store/schema.ts'
import { together } from '../store/together.ts'
import type { TokenFact } from '../trust/verdict.ts'
import { findReplyTokens } from './find-reply-tokens.ts'

/** Who was asked what, as the reply token in a message tells. */
export type Asked =
  | { token: Exclude<TokenFact, 'valid' | 'expired'>; asked: null }
  | { token: 'valid' | 'expired'; asked: AskedPerson }

export interface AskedPerson {
  loaded: LoadedAction
  person: Person
  /** Their other addresses on record. */
  aliases: string[]
  /** Whether they are still in the organisation, and in the group that made them an assignee. */
  stillEntitled: boolean
}

/**
 * Follows the reply token of a message to the action and the person it was given to. A token stands for one person
 * and one action; two different ones in a message are no evidence for either.
 */
export async function findAsked(
  db: Kysely<Database>,
  keys: KeyRing,
  { mailboxId, message, now }: { mailboxId: string; message: ParsedMessage; now: Date },
): Promise<Asked> {
  const { subject, inReplyTo, references, to } = message
  const head = {
    subject,
    references: inReplyTo ? [...references, inReplyTo] : references,
    recipients: to.map(({ address }) => address),
  }
  return findAskedByHead(db, keys, { mailboxId, head, now })
}

/** The same, of a message that nothing but its head is known of. */
export async function findAskedByHead(
  db: Kysely<Database>,
  keys: KeyRing,
  of: { mailboxId: string; head: Pick<MessageHead, 'subject' | 'references' | 'recipients'>; now: Date },
): Promise<Asked> {
  const tokens = findTokens(of.head)
  if (tokens.length === 0) return { token: 'absent', asked: null }

  const hashes = tokens.map((token) => keys.hashToken(token))
  const rows = await findReplyTokens(db, { mailboxId: of.mailboxId, hashes })
  const [row, ...others] = rows
  if (!row) return { token: 'unknown', asked: null }
  if (others.some((other) => other.actionId !== row.actionId || other.personId !== row.personId)) {
    return { token: 'several', asked: null }
  }
  return follow(db, row, of.now)
}

async function follow(db: Kysely<Database>, row: Selectable<ReplyTokenTable>, now: Date): Promise<Asked> {
  const loaded = await loadAction(db, row.actionId)
  const person = await findPerson(db, row.personId)
  if (!person) throw new Error(`reply token of a person who does not exist: ${row.personId}`)
  const assignment = await findAssignment(db, row)
  const isOpen = loaded.action.status === 'open' && assignment.endedAt === null
  const { groupId } = assignment
  const stillInGroup = groupId === null || (await isMember(db, { groupId, personId: person.id }))
  const isOver = row.expiresAt !== null && row.expiresAt <= now
  return {
    token: isOpen && !isOver ? 'valid' : 'expired',
    asked: {
      loaded,
      person,
      aliases: await aliasesOf(db, person.id),
      stillEntitled: person.active && stillInGroup,
    },
  }
}

/** How a person came to an action, be it over or not. Whoever has a token for it was assigned it. */
const findAssignment = together(async (db, asked: readonly Selectable<ReplyTokenTable>[]) => {
  const rows = await db
    .selectFrom('actionAssignee')
    .select(['actionId', 'personId', 'groupId', 'endedAt'])
    .where(
      'actionId',
      'in',
      asked.map(({ actionId }) => actionId),
    )
    .execute()
  return asked.map(({ actionId, personId }) => {
    const assignment = rows.find((row) => row.actionId === actionId && row.personId === personId)
    return assignment ?? new Error(`a reply token of ${personId}, who never had action ${actionId}`)
  })
})
