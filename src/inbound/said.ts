import type { Step } from '../approvals/model/process.ts'
import type { ReplyReading } from '../replies/reading.ts'

/** What a person has said to an action, in one message or in several. */
export interface Said {
  /** By question id. */
  answers: Record<string, string>
  comment: string
}

type Reply = Pick<ReplyReading, 'kind' | 'answers' | 'details' | 'invalid' | 'comment'>

/**
 * What somebody has said now that a reply came after what was kept of earlier ones: its answers replace theirs, and what
 * it answers in a way that cannot be taken is open again. Who decides otherwise than before begins anew, for an amount
 * that was granted means nothing beside a no. Pure.
 */
export function joinSaid({ question }: Step, kept: Said | null, reply: Reply): Said {
  const result = reply.answers[question.id]
  const before = kept?.answers[question.id]
  const isChanged = before !== undefined && result !== undefined && result !== before
  const comment = commentOf(reply, question)
  if (kept === null || isChanged || reply.invalid.includes(question.id)) {
    return { answers: reply.answers, comment }
  }
  const standing = Object.entries(kept.answers).filter(([id]) => !reply.invalid.includes(id))
  return {
    answers: { ...Object.fromEntries(standing), ...reply.answers },
    comment: joined([kept.comment, comment]),
  }
}

/**
 * Of a reply that decides and can be taken as it is, all that is no answer. Of any other only what belongs to one of its
 * answers: a yes without its label, or an amount that could not be taken, must not end up as the comment of a no.
 */
function commentOf({ kind, answers, details, invalid, comment }: Reply, question: Step['question']): string {
  const isWhole = kind === 'comment' || (answers[question.id] !== undefined && invalid.length === 0)
  return isWhole ? comment : joined(Object.values(details).map((detail) => detail.comment))
}

function joined(comments: string[]): string {
  return comments.filter((comment) => comment !== '').join('\n\n')
}
