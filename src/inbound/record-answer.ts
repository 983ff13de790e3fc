import { lockRequest } from '../approvals/load-action.ts'
import { onlyAcknowledges } from '../replies/answers/only-acknowledges.ts'
import { doubtAboutKept } from '../replies/doubts/doubt-about-kept.ts'
import { askBack } from './ask-back.ts'
import { decideByMail } from './decide-by-mail.ts'
import type { AskedPerson } from './find-asked.ts'
import { isOvertaken } from './is-overtaken.ts'
import { keepPartly } from './keep-partly.ts'
import { keptAnswers } from './kept-answers.ts'
import { whatWasAsked } from './read-context.ts'
import { joinSaid, openIn } from './said.ts'
import { tellLate } from './tell-late.ts'
import { type Acted, type ActParts, filedUnder, type Understood } from './understood.ts'

/**
 * An accepted reply that answers, completes or corrects: with what is kept of earlier ones it decides, or what was
 * understood is kept and the rest asked for, or it is too late.
 */
export async function recordAnswer(
  parts: ActParts,
  understood: Understood,
  asked: AskedPerson,
): Promise<Acted> {
  const { loaded, person } = asked
  const { reading } = understood
  await lockRequest(parts.tx, loaded.request.id)
  if (await isOvertaken(parts.tx, { understood, asked })) {
    return askBack(parts, understood, asked, 'overtaken')
  }
  const kept = await keptAnswers(parts.tx, { actionId: loaded.action.id, personId: person.id })
  const { id } = loaded.step.question
  const isChanged = kept?.answers[id] !== undefined && kept.answers[id] !== reading.answers[id]
  // `OK` to a mail that asks for the comment of a no is no yes.
  if (isChanged && onlyAcknowledges(reading)) return askBack(parts, understood, asked, 'contradictory')
  const result = kept?.answers[id]
  const isAnswered = reading.answers[id] !== undefined || reading.invalid.includes(id)
  const doubt =
    result && !isAnswered ? doubtAboutKept({ id, result }, reading, whatWasAsked(understood.asked)) : null
  if (doubt) return askBack(parts, understood, asked, doubt)
  const said = joinSaid(loaded.step, kept, reading)
  // What could not be taken was meant to be said, also where it need not be.
  if (openIn(reading).length > 0) return keepPartly(parts, understood, asked, said)

  const filed = filedUnder(understood)
  switch (await decideByMail(parts, understood, asked, said, kept)) {
    case 'decided':
      return { outcome: 'decided', ...filed }
    case 'result-unknown':
    case 'answers-refused':
    case 'comment-required':
      return keepPartly(parts, understood, asked, said)
    case 'already-decided':
    case 'action-closed':
    case 'not-assignee':
      return tellLate(parts, understood, asked)
    case 'own-request':
      return { outcome: 'rejected', ...filed }
  }
}
