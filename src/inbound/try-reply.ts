import { localText } from '../approvals/model/local-text.ts'
import type { ProcessDefinition, Step } from '../approvals/model/process.ts'
import { afterDecision, choiceOf } from '../approvals/model/state-machine.ts'
import { type Locale, translator } from '../lib/translate.ts'
import type { ReplyReading } from '../replies/reading.ts'
import { inspect } from './inspect.ts'
import { leftOf } from './read-context.ts'
import { readerQuestions } from './reader-questions.ts'
import { joinSaid, whatStands } from './said.ts'
import { whatIsMeant } from './what-follows.ts'

export type TriedConsequence =
  | 'decide'
  | 'rest'
  | 'ask-back'
  | 'help'
  | 'record-comment'
  | 'tell-status'
  | 'delegate'
  | 'nothing'

export interface TriedReply {
  reading: ReplyReading
  /** What would follow if it came from the person asked, with nothing kept of earlier replies, and in words. */
  follows: { kind: TriedConsequence; text: string }
}

/**
 * Reads a text as the first reply to a step's approval e-mail, with the real reader. `definition` need not be imported;
 * nothing is stored, sent or decided. `locale` is that of the person asked, `words` that of whoever tries it.
 */
export async function tryReply(
  written: string,
  asked: { definition: ProcessDefinition; step: Step },
  { locale, words }: { locale: Locale; words: Locale },
): Promise<TriedReply> {
  const { reading } = await inspect(asMail(written), {
    questions: readerQuestions(asked),
    ...leftOf(asked, null),
    locale,
    brackets: asked.step.brackets,
    sentText: null,
    learnedFooters: [],
  })
  return { reading, follows: whatWouldFollow(reading, asked, words) }
}

/** RFC 5322: an empty line ends the header fields, so that nothing written can be one. */
function asMail(written: string): Uint8Array {
  return Buffer.from(
    `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${written}`,
  )
}

/** What would follow a reading if it came from the person asked, with nothing kept of earlier replies. */
export function whatWouldFollow(
  reading: ReplyReading,
  { definition, step }: { definition: ProcessDefinition; step: Step },
  words: Locale,
): TriedReply['follows'] {
  const text = translator(words)
  const follows = (kind: TriedConsequence) => ({ kind, text: text(`readings:follows.${kind}`) })
  const { kind } = reading
  if (kind === 'automatic' || kind === 'bounce') return follows('nothing')
  const meant = whatIsMeant({ ...reading, kind }, step)
  if (meant.to === 'ask-back') return follows(meant.reason === 'help' ? 'help' : 'ask-back')
  if (meant.to !== 'decide' && meant.to !== 'complete') return follows(meant.to)

  const said = joinSaid(step, null, reading)
  const { answers, missing, needsComment } = whatStands({ definition, step }, said, reading)
  const rest = [...missing, ...(needsComment ? [text('readings:follows.rest-comment')] : [])]
  if (rest.length > 0) {
    if (Object.keys(answers).length === 0) return follows('ask-back')
    return { kind: 'rest', text: text('readings:follows.rest', { rest: rest.join(', ') }) }
  }
  const result = said.answers[step.question.id] ?? ''
  const choice = choiceOf(step, result)
  const answer = choice === null ? result : localText(choice.label, words)
  const next = afterDecision(step, result)
  if (next.to === 'end') {
    const ending = definition.endings[next.ending]
    const end = ending === undefined ? next.ending : localText(ending, words)
    return { kind: 'decide', text: text('readings:follows.decide-end', { answer, next: end }) }
  }
  const opened = definition.steps.find(({ name }) => name === next.step)
  const title = opened === undefined ? next.step : localText(opened.title, words)
  return { kind: 'decide', text: text('readings:follows.decide-action', { answer, next: title }) }
}
