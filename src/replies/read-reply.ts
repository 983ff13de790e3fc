import type { Obstacle, ParsedMessage } from '../mail/message.ts'
import { type AnswerWords, answerWords } from './answers/answer-words.ts'
import { isChoice } from './answers/is-choice.ts'
import { readAnswerLine } from './answers/read-answer-line.ts'
import { type Answers, readAnswers } from './answers/read-answers.ts'
import { reclaimForm } from './answers/reclaim-form.ts'
import { describeAutomatic } from './automatic/describe-automatic.ts'
import { recogniseAutomatic } from './automatic/recognise-automatic.ts'
import { recogniseBounce } from './automatic/recognise-bounce.ts'
import { seemsAutomatic } from './automatic/seems-automatic.ts'
import { type BodyText, bodyTexts } from './bodies/body-texts.ts'
import { undoing } from './doubts/doubt.ts'
import { findDelegation } from './instructions/find-delegation.ts'
import { readInstruction } from './instructions/read-instruction.ts'
import { newLines } from './new-text.ts'
import type { MessagePart, PartReading, ReadContext, ReplyReading, UnclearReason } from './reading.ts'
import { labelBanner } from './regions/label-banner.ts'
import { labelCourtesy } from './regions/label-courtesy.ts'
import { labelQuote } from './regions/label-quote.ts'
import { labelSignature } from './regions/label-signature.ts'
import { isMeaningful, label, splitLines, type TextLine, traceOf } from './text-lines.ts'

/**
 * What a reply says. Pure: the same message and context give the same reading, for any input, in time linear in the
 * bounded text. What is not plainly one answer is `unclear`, with the reason, and decides nothing.
 *
 * @param message The parsed reply. Nothing in it is trusted, and who sent it is not judged here.
 * @param context The questions asked and what is known of the approver and of the mail that asked.
 * @returns The reading; its `trace` says for each stretch of `text` what it is and which rule said so.
 */
export function readReply(message: ParsedMessage, context: ReadContext): ReplyReading {
  const bounce = recogniseBounce(message)
  if (bounce !== null) return { ...nothing('bounce'), bounce }
  const bodies = bodyTexts(message)
  const declared = recogniseAutomatic(message, context.sentText)
  if (declared !== null) {
    const text = bodies[0]?.text ?? ''
    const lines = splitLines(text)
    labelQuote(lines, context.sentText)
    const own = lines.filter((line) => line.label === null && isMeaningful(line))
    label(lines, 'comment', 'automatic')
    const automatic = describeAutomatic(declared, message, own)
    return { ...nothing('automatic'), automatic, text, trace: traceOf(lines) }
  }
  const readings = bodies.map((body) => ({ part: body.part, reading: readText(body, message, context) }))
  return ofPerson(withObstacle(agreedReading(readings), message.obstacle), message, context)
}

/** The reading of a reply, unless a program seems to have written it. */
function ofPerson(reading: ReplyReading, message: ParsedMessage, context: ReadContext): ReplyReading {
  const seeming = seemsAutomatic(message, reading, context)
  if (seeming === null) return reading
  if (seeming === 'to-confirm') return { ...reading, confirm: reading.confirm ?? 'looks-automatic' }
  const { text, trace } = reading
  const automatic = describeAutomatic(seeming, message, newLines(reading))
  return { ...nothing('automatic'), automatic, text, trace }
}

/** What could not be read, or could be read otherwise, may take back whatever was read. */
function withObstacle(reading: ReplyReading, obstacle: Obstacle | null): ReplyReading {
  if (!obstacle) return reading
  if (reading.kind === 'empty') return { ...reading, reason: obstacle }
  // Beside a text it holds that text again, with its fonts.
  if (obstacle === 'winmail') return reading
  const { text, trace, matched, comment, details, missing, parts } = reading
  const unanswered = [...Object.keys(details), ...missing]
  return { ...unclear(obstacle), text, trace, matched, comment, missing: unanswered, parts }
}

/** Parts that say different things decide nothing: it cannot be known which of them the sender saw. */
function agreedReading(bodies: { part: MessagePart; reading: ReplyReading }[]): ReplyReading {
  const [reading = nothing('empty'), ...others] = bodies.map((body) => body.reading)
  const said = ({ kind, answers, confirm, instruction }: ReplyReading) =>
    JSON.stringify([kind, answers, confirm, instruction])
  if (others.every((other) => said(other) === said(reading))) return reading
  const { text, trace, matched, comment, missing } = reading
  const parts = bodies.map(({ part, reading }) => partReading(part, reading))
  return { ...nothing('unclear'), reason: 'parts-disagree', text, trace, matched, comment, missing, parts }
}

function partReading(part: MessagePart, reading: ReplyReading): PartReading {
  const { kind, answers, confirm, instruction, reason, text, trace, matched } = reading
  return { part, kind, answers, confirm, instruction, reason, text, trace, matched }
}

/** One text of the message, step by step: each step labels the lines that it recognises and leaves the rest. */
function readText({ text, cut }: BodyText, message: ParsedMessage, context: ReadContext): ReplyReading {
  const lines = splitLines(text)
  labelQuote(lines, context.sentText)
  reclaimForm(lines, context)
  const isWhole = cut === null || lines.some((line) => line.label !== null)
  const answers = context.questions.filter(isChoice).map((question) => answerWords(question, context.locale))
  labelBanner(lines, answers)
  labelSignature(lines, message.from[0]?.name ?? '', context, answers)
  labelCourtesy(lines, answers)
  const signature = lines.filter((line) => line.label?.region === 'signature')
  const content = lines.filter((line) => line.label === null)

  const hasQuote = lines.some((line) => line.label?.region === 'quote')
  const reading = isWhole ? readContent(content, signature, answers, message.date, context) : unclear(cut)
  if (reading.kind === 'empty') reading.reason = whyEmpty(message, hasQuote, context)
  label(
    lines.filter((line) => line.label === null && !isMeaningful(line)),
    'blank',
    'blank',
  )
  label(lines, 'comment', 'not-an-answer')
  const matched = reading.matched.toSorted((one, other) => one.from - other.from)
  return { ...reading, text, trace: traceOf(lines), matched }
}

function readContent(
  content: TextLine[],
  signature: TextLine[],
  words: AnswerWords[],
  sentOn: Date | null,
  context: ReadContext,
): ReplyReading {
  const first = content.find(isMeaningful)
  const missing = context.questions.map(({ id }) => id)
  if (first === undefined) return { ...nothing('empty'), missing }

  const answers = readAnswers(content, signature, context)
  // A word of an instruction may be a letter away from an answer's.
  const isSure = answers.reason === null && answers.confirm === null
  const asked = isSure ? null : readInstruction(first, { content, signature, sentOn, answers: words })
  if (asked === null) return answered(answers, content, context)
  if ('reason' in asked) return { ...unclear(asked.reason), missing, matched: asked.matched }
  const { name, to, until, comment, matched } = asked
  if (name === 'COMMENT') return { ...nothing('comment'), missing, comment, matched }
  return { ...nothing('instruction'), missing, instruction: { name, to, until }, comment, matched }
}

function answered(answers: Answers, content: TextLine[], { awaitsComment }: ReadContext): ReplyReading {
  const { comment, invalid, problems, missing, reason, matched } = answers
  const isComment = awaitsComment === true && reason === 'not-an-answer' && !answers.isLabelled
  if (isComment && comment !== '') return { ...nothing('comment'), missing, comment, matched }
  const isAnswered = reason === null || matched.some(({ as }) => as === 'answer')
  const delegation = isAnswered ? findDelegation(content) : null
  if (delegation === null) {
    if (reason === null) return understood(answers)
    return { ...unclear(reason), comment, invalid, problems, missing, matched }
  }
  const unanswered = [...Object.keys(answers.details), ...missing]
  const doubt = undoing(
    matched.filter(({ as }) => as === 'answer'),
    delegation,
  )
  return { ...unclear(doubt.reason), comment, invalid, problems, missing: unanswered, matched: doubt.matched }
}

function understood(read: Answers): ReplyReading {
  const answers = Object.fromEntries(Object.entries(read.details).map(([id, { value }]) => [id, value]))
  const { details, comment, missing, invalid, problems, confirm, matched } = read
  return { ...nothing('answers'), answers, details, comment, missing, invalid, problems, confirm, matched }
}

/** Where the answer went, as far as it can be told; null when there is no trace of one. */
function whyEmpty(
  message: ParsedMessage,
  hasQuote: boolean,
  { questions, locale }: ReadContext,
): UnclearReason | null {
  const subject = message.subject.slice(0, 500).replace(/^(\s*\p{L}{2,3}\s?:)+/u, '')
  const inSubject = questions.some(
    (question) =>
      isChoice(question) && readAnswerLine(subject, answerWords(question, locale)).kind === 'answer',
  )
  if (inSubject) return 'subject-only'
  if (message.attachments.length > 0) return 'attachment-only'
  return hasQuote ? 'quoted-only' : null
}

function unclear(reason: UnclearReason | null): ReplyReading {
  return { ...nothing('unclear'), reason }
}

function nothing(kind: ReplyReading['kind']): ReplyReading {
  return {
    kind,
    answers: {},
    comment: '',
    details: {},
    missing: [],
    invalid: [],
    problems: {},
    confirm: null,
    instruction: null,
    automatic: null,
    bounce: null,
    reason: null,
    text: '',
    trace: [],
    matched: [],
    parts: [],
  }
}
