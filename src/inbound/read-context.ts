import type { Kysely, Selectable } from 'kysely'
import type { LoadedAction } from '../approvals/load-action.ts'
import { whatLacks } from '../approvals/model/what-lacks.ts'
import type { ParsedMessage } from '../mail/message.ts'
import type { ReadContext } from '../replies/reading.ts'
import type { Database, PartialAnswerTable } from '../store/schema.ts'
import { together } from '../store/together.ts'
import type { Asked, AskedPerson } from './find-asked.ts'
import { usedFooters } from './footers/used-footers.ts'
import { keptAnswers } from './kept-answers.ts'
import { readerQuestions } from './reader-questions.ts'

/** What the reader is told about the questions that a message answers. */
export async function readContextFor(
  db: Kysely<Database>,
  asked: Asked,
  message: Pick<ParsedMessage, 'from' | 'inReplyTo' | 'references'>,
): Promise<ReadContext> {
  const question = whatWasAsked(asked)
  const sender = message.from[0]?.address ?? ''
  return {
    ...question,
    ...(asked.asked && (await whatIsLeft(db, asked.asked))),
    brackets: asked.asked?.loaded.step.brackets ?? '[]',
    sentText: asked.asked && (await sentTextFor(db, { asked: asked.asked, answers: answeredBy(message) })),
    learnedFooters: asked.asked ? await usedFooters(db, sender, question) : [],
  }
}

/** No questions when a message answers none of ours. */
export function whatWasAsked({ asked }: Asked): Pick<ReadContext, 'questions' | 'locale'> {
  return {
    questions: asked ? readerQuestions(asked.loaded) : [],
    locale: asked?.person.locale ?? 'en',
  }
}

/**
 * What our last mail asked for, when a part of the answer is kept already. Before that it is the question that decides,
 * where all others may be left empty: it may be answered as if it were alone.
 */
async function whatIsLeft(
  db: Kysely<Database>,
  { loaded, person }: AskedPerson,
): Promise<Pick<ReadContext, 'open' | 'deciding' | 'awaitsComment'>> {
  return leftOf(loaded, await keptAnswers(db, { actionId: loaded.action.id, personId: person.id }))
}

/** What is still asked for when this is kept of earlier replies; null for nothing. */
export function leftOf(
  { definition, step }: Pick<LoadedAction, 'definition' | 'step'>,
  kept: Pick<Selectable<PartialAnswerTable>, 'answers' | 'comment' | 'asked'> | null,
): Pick<ReadContext, 'open' | 'deciding' | 'awaitsComment'> {
  const lack = whatLacks(definition, step, kept ?? { answers: {}, comment: '' })
  const open = kept?.asked ?? lack.questions
  const { id } = step.question
  return { open, ...(open.includes(id) && { deciding: id }), awaitsComment: lack.comment }
}

/** The mails that a message says it answers, the nearest first. Which they are is the sender's word. */
function answeredBy({ inReplyTo, references }: Pick<ParsedMessage, 'inReplyTo' | 'references'>): string[] {
  return [...(inReplyTo === null ? [] : [inReplyTo]), ...references.toReversed()].slice(0, MOST_ANSWERED)
}

/** What they answer stands first; who wants us to look for more wants something else. */
const MOST_ANSWERED = 10

interface Wanted {
  asked: AskedPerson
  /** Message-IDs. */
  answers: string[]
}

/** What the mail to them said that they answer, or else our latest approval e-mail, as far as it went out. */
const sentTextFor = together(async (db, wanted: readonly Wanted[]) => {
  const answered = wanted.flatMap(({ answers }) => answers)
  const mails = await db
    .selectFrom('outboundMessage')
    .select(['actionId', 'personId', 'messageId', 'kind', 'sentText'])
    .where(
      'actionId',
      'in',
      wanted.map(({ asked }) => asked.loaded.action.id),
    )
    .where(
      'personId',
      'in',
      wanted.map(({ asked }) => asked.person.id),
    )
    .where((where) =>
      where.or([
        where('kind', '=', 'approval'),
        ...(answered.length === 0 ? [] : [where('messageId', 'in', answered)]),
      ]),
    )
    .where('sentText', 'is not', null)
    .orderBy('createdAt', 'desc')
    .execute()
  return wanted.map(({ asked, answers }) => {
    const theirs = mails.filter(
      ({ actionId, personId }) => actionId === asked.loaded.action.id && personId === asked.person.id,
    )
    const [nearest] = answers.flatMap((id) => theirs.find(({ messageId }) => messageId === id) ?? [])
    const latest = theirs.find(({ kind }) => kind === 'approval')
    return (nearest ?? latest)?.sentText ?? null
  })
})
