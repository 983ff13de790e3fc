import { type Doubt, doubt, shifted } from '../doubts/doubt.ts'
import type { Match } from '../reading.ts'
import type { TextLine } from '../text-lines.ts'
import { kindNamedBy, kindsNamedIn, type RequestKind } from './request-kinds.ts'

/** What anybody calls a purchase may be called so too: only beside one of these it is another request. */
const notBought: RequestKind[] = ['leave', 'trip', 'hire', 'training', 'raise']

/**
 * A kind of request that the answer names and our mail does not: `Aprovadas as férias do João`, written to the mail about the
 * laptops, was meant for another one. Looked for in the answer and in what stands right before it; nothing where our mail is
 * not known.
 */
export function otherKind(
  { text, words, from }: TextLine,
  matched: Match[],
  sentText: string | null,
): Doubt | null {
  const answered = matched.filter(({ as }) => as === 'answer')
  const [first, last] = [answered[0], answered.at(-1)]
  if (sentText === null || first === undefined || last === undefined) return null
  const start = text.slice(0, first.from - from).search(/[^.,;:!?]*$/)
  const said = words.filter((word) => word.from >= start && from + word.to <= last.to)
  const named = said.flatMap((word) => {
    const kind = kindNamedBy(word)
    return kind === undefined ? [] : [{ word, kind }]
  })
  if (named.length === 0) return null
  const ours = kindsNamedIn(sentText)
  const isOther = ({ kind }: { kind: RequestKind }) =>
    !ours.has(kind) && (kind !== 'purchase' || notBought.some((other) => ours.has(other)))
  const other = named.every(isOther) ? named[0] : undefined
  return other === undefined ? null : shifted(doubt('scope', [other.word]), from)
}
