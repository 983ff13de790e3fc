import type { Step } from '../approvals/model/process.ts'
import type { ReplyReading } from '../replies/reading.ts'

/** What a person has said to an action, in one message or in several. */
export interface Said {
  /** By question id. */
  answers: Record<string, string>
  comment: string
}

/**
 * What somebody has said now that a reply came after what was kept of earlier ones: its answers replace theirs, and what
 * it answers in a way that cannot be taken is open again. Who decides otherwise than before begins anew, for an amount
 * that was granted means nothing beside a no. Pure.
 */
export function joinSaid(
  { question }: Step,
  kept: Said | null,
  reply: Pick<ReplyReading, 'answers' | 'invalid' | 'comment'>,
): Said {
  const result = reply.answers[question.id]
  const before = kept?.answers[question.id]
  const isChanged = before !== undefined && result !== undefined && result !== before
  if (kept === null || isChanged || reply.invalid.includes(question.id)) {
    return { answers: reply.answers, comment: reply.comment }
  }
  const standing = Object.entries(kept.answers).filter(([id]) => !reply.invalid.includes(id))
  return {
    answers: { ...Object.fromEntries(standing), ...reply.answers },
    comment: [kept.comment, reply.comment].filter((comment) => comment !== '').join('\n\n'),
  }
}
