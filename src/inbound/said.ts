import type { ProcessDefinition, Step } from '../approvals/model/process.ts'
import { whatLacks } from '../approvals/model/what-lacks.ts'
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
  const open = openIn(reply)
  const answers = Object.fromEntries(Object.entries(reply.answers).filter(([id]) => !open.includes(id)))
  const result = answers[question.id]
  const before = kept?.answers[question.id]
  const isChanged = before !== undefined && result !== undefined && result !== before
  const comment = commentOf(reply, question)
  if (kept === null || isChanged || open.includes(question.id)) return { answers, comment }
  const standing = Object.entries(kept.answers).filter(([id]) => !open.includes(id))
  return {
    answers: { ...Object.fromEntries(standing), ...answers },
    comment: joined([kept.comment, comment]),
  }
}

/** The questions that a reply answers in a way that cannot be taken, or not without asking: a slip of a letter. */
export function openIn({ invalid, details }: Pick<ReplyReading, 'invalid' | 'details'>): string[] {
  const slips = Object.entries(details).filter(([, { confirm }]) => confirm !== undefined)
  return [...invalid, ...slips.map(([id]) => id)]
}

/**
 * Of a reply that decides and can be taken as it is, all that is no answer. Of any other only what belongs to one of its
 * answers: a yes without its label, or an amount that could not be taken, must not end up as the comment of a no.
 */
function commentOf(reply: Reply, question: Step['question']): string {
  const { kind, answers, details, comment } = reply
  const isWhole = kind === 'comment' || (answers[question.id] !== undefined && openIn(reply).length === 0)
  return isWhole ? comment : joined(Object.values(details).map((detail) => detail.comment))
}

/** What can be kept of an answer that does not decide, and what is asked for then. Pure. */
export function whatStands(
  { definition, step }: { definition: ProcessDefinition; step: Step },
  said: Said,
  reply: Pick<ReplyReading, 'invalid' | 'details'>,
): { answers: Record<string, string>; missing: string[]; needsComment: boolean } {
  const lack = whatLacks(definition, step, said)
  // Only what can stand as it is: an address of nobody, say, is asked for again.
  const standing = Object.entries(said.answers).filter(([id]) => !lack.questions.includes(id))
  return {
    answers: Object.fromEntries(standing),
    missing: [...new Set([...lack.questions, ...openIn(reply)])],
    needsComment: lack.comment,
  }
}

function joined(comments: string[]): string {
  return comments.filter((comment) => comment !== '').join('\n\n')
}
