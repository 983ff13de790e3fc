import { appendAudit } from '../store/audit.ts'
import { askBack } from './ask-back.ts'
import { decideByMail } from './decide-by-mail.ts'
import type { AskedPerson } from './find-asked.ts'
import { holdFlood } from './hold-flood.ts'
import { tellLate } from './tell-late.ts'
import { type Acted, type ActParts, filedUnder, type Understood } from './understood.ts'

/** An accepted answer: decides, or keeps what was understood and asks for the rest, or learns that it is too late. */
export async function recordAnswer(
  parts: ActParts,
  understood: Understood,
  asked: AskedPerson,
  answer: { result: string; comment: string },
): Promise<Acted> {
  const filed = filedUnder(understood)
  switch (await decideByMail(parts, understood, asked, answer)) {
    case 'decided':
      return { outcome: 'decided', ...filed }
    case 'comment-required':
      return keepPartly(parts, understood, asked, answer.result)
    case 'already-decided':
    case 'action-closed':
    case 'not-assignee':
      return tellLate(parts, understood, asked)
    case 'own-request':
    case 'result-unknown':
      return { outcome: 'rejected', ...filed }
  }
}

async function keepPartly(
  parts: ActParts,
  understood: Understood,
  asked: AskedPerson,
  result: string,
): Promise<Acted> {
  const held = await holdFlood(parts, understood, asked)
  if (held !== null) return held
  const now = parts.context.clock()
  const actionId = asked.loaded.action.id
  await parts.tx
    .insertInto('partialAnswer')
    .values({
      actionId,
      personId: asked.person.id,
      result,
      inboundMessageId: understood.row.id,
      createdAt: now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['actionId', 'personId'])
        .doUpdateSet({ result, inboundMessageId: understood.row.id, createdAt: now }),
    )
    .execute()
  await appendAudit(parts.tx, {
    requestId: asked.loaded.request.id,
    at: now,
    kind: 'answer-kept',
    actorId: asked.person.id,
    payload: { actionId, result, inboundMessageId: understood.row.id, missing: 'comment' },
  })
  const acted = await askBack(parts, understood, asked, 'comment-missing')
  return acted.outcome === 'asked-back' ? { ...acted, outcome: 'kept-partly' } : acted
}
