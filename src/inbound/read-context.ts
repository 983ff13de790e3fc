import type { Kysely } from 'kysely'
import { whatLacks } from '../approvals/model/what-lacks.ts'
import type { ReadContext } from '../replies/reading.ts'
import type { Database } from '../store/schema.ts'
import { together } from '../store/together.ts'
import type { Asked, AskedPerson } from './find-asked.ts'
import { usedFooters } from './footers/used-footers.ts'
import { keptAnswers } from './kept-answers.ts'
import { readerQuestions } from './reader-questions.ts'

/** What the reader is told about the question that a message from this sender answers. */
export async function readContextFor(
  db: Kysely<Database>,
  asked: Asked,
  sender: string,
): Promise<ReadContext> {
  const question = whatWasAsked(asked)
  return {
    ...question,
    ...(asked.asked && (await whatIsLeft(db, asked.asked))),
    brackets: asked.asked?.loaded.step.brackets ?? '[]',
    sentText: asked.asked && (await sentTextFor(db, asked.asked)),
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
): Promise<Pick<ReadContext, 'open' | 'awaitsComment'>> {
  const { action, definition, step } = loaded
  const kept = await keptAnswers(db, { actionId: action.id, personId: person.id })
  const lack = whatLacks(definition, step, kept ?? { answers: {}, comment: '' })
  return { open: kept?.asked ?? lack.questions, awaitsComment: lack.comment }
}

/** What our latest approval e-mail to them said, as far as it went out. */
const sentTextFor = together(async (db, asked: readonly AskedPerson[]) => {
  const mails = await db
    .selectFrom('outboundMessage')
    .distinctOn(['actionId', 'personId'])
    .select(['actionId', 'personId', 'sentText'])
    .where(
      'actionId',
      'in',
      asked.map(({ loaded }) => loaded.action.id),
    )
    .where(
      'personId',
      'in',
      asked.map(({ person }) => person.id),
    )
    .where('kind', '=', 'approval')
    .where('sentText', 'is not', null)
    .orderBy('actionId')
    .orderBy('personId')
    .orderBy('createdAt', 'desc')
    .execute()
  return asked.map(({ loaded, person }) => {
    const mail = mails.find((one) => one.actionId === loaded.action.id && one.personId === person.id)
    return mail?.sentText ?? null
  })
})
