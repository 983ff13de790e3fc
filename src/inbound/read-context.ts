import type { Kysely } from 'kysely'
import type { ReadContext } from '../replies/reading.ts'
import type { Database } from '../store/schema.ts'
import type { Asked, AskedPerson } from './find-asked.ts'

/** What the reader is told about the question that a message answers; no questions when it answers none of ours. */
export async function readContextFor(db: Kysely<Database>, { asked }: Asked): Promise<ReadContext> {
  return {
    questions: asked
      ? [
          {
            id: 'Q1',
            choices: asked.loaded.step.question.choices.map(({ result, keywords }) => ({ result, keywords })),
          },
        ]
      : [],
    locale: asked?.person.locale ?? 'en',
    brackets: '[]',
    sentText: asked && (await sentTextFor(db, asked)),
    learnedFooters: [],
  }
}

/** What our latest approval e-mail to them said, as far as it went out. */
async function sentTextFor(db: Kysely<Database>, { loaded, person }: AskedPerson): Promise<string | null> {
  const mail = await db
    .selectFrom('outboundMessage')
    .select('sentText')
    .where('actionId', '=', loaded.action.id)
    .where('personId', '=', person.id)
    .where('kind', '=', 'approval')
    .where('sentText', 'is not', null)
    .orderBy('createdAt', 'desc')
    .executeTakeFirst()
  return mail?.sentText ?? null
}
