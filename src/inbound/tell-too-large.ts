import type { MessageHead } from '../mail/mailbox.ts'
import { appendAudit } from '../store/audit.ts'
import { answerByMail } from './answer-cap.ts'
import { findAskedByHead } from './find-asked.ts'
import type { ActParts } from './understood.ts'
import { wasToldSince } from './was-told-since.ts'

/**
 * A reply too large to be fetched: its assignee is asked to answer without attachments, at the address on record,
 * because who wrote is not known. Nothing is done for a message whose token is not valid any more, nor when they were
 * told since it came: a mailbox that changes its type is read again under other ids.
 */
export async function tellTooLarge(
  { tx, context }: ActParts,
  { mailboxId, head, receivedAt }: { mailboxId: string; head: MessageHead; receivedAt: Date },
): Promise<void> {
  const now = context.clock()
  const { token, asked } = await findAskedByHead(tx, context.keys, { mailboxId, head, now })
  if (token !== 'valid' || !asked.stillEntitled) return
  const { request, action } = asked.loaded
  const mail = { kind: 'asked-back', reason: 'not-fetched' } as const
  if (await wasToldSince(tx, asked, mail, receivedAt)) return
  await appendAudit(tx, {
    requestId: request.id,
    at: now,
    kind: 'reply-too-large',
    actorId: null,
    payload: { actionId: action.id, personId: asked.person.id },
  })
  await answerByMail(
    { tx, context },
    {
      kind: 'asked-back',
      mailboxId,
      toAddress: asked.person.address,
      personId: asked.person.id,
      requestId: request.id,
      actionId: action.id,
      payload: { reason: 'not-fetched', understood: null },
    },
  )
}
