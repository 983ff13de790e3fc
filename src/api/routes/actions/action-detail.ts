import type { Kysely } from 'kysely'
import { z } from 'zod'
import { stepNamed } from '../../../approvals/load-action.ts'
import { filesOf } from '../../../approvals/load-files.ts'
import { mayDecide, mayReassign } from '../../../approvals/model/state-machine.ts'
import type { Database } from '../../../store/schema.ts'
import type { Caller } from '../../caller.ts'
import { fileView, toFileView } from '../../file-view.ts'
import { formEntry, toFormView } from '../../form-view.ts'
import { type ActionRow, actionView, answersByQuestion, toActionView } from './action-view.ts'

/** An action with all that somebody needs who is to decide it. */
export const actionDetail = actionView
  .extend({
    form: z.array(formEntry).describe('What the requester asks for'),
    files: z.array(fileView).describe('What the requester added, in their order'),
    delegation: z
      .union([
        z.object({ kind: z.enum(['none', 'people']) }),
        z.object({ kind: z.literal('group'), name: z.string() }),
      ])
      .describe('Whom the people asked may ask in their place'),
    you: z
      .object({
        mayDecide: z.enum(['yes', 'action-closed', 'not-assignee', 'own-request']),
        mayHandOn: z.boolean(),
        kept: z
          .object({ answers: answersByQuestion, comment: z.string() })
          .nullable()
          .describe('What was understood of your replies, which lacks something yet'),
      })
      .describe('What the caller may do about it'),
  })
  .meta({ id: 'ActionDetail' })

/** The action as its page shows it to the caller. */
export async function toActionDetail(
  db: Kysely<Database>,
  caller: Caller,
  row: ActionRow,
): Promise<z.output<typeof actionDetail>> {
  const { definition, requestData, requestStatus, requester } = row
  const step = stepNamed(definition, row.step)
  const actor = caller.kind === 'operator' ? null : caller.person
  const situation = {
    action: row,
    request: { status: requestStatus, requesterId: requester.id },
    step,
    assignees: row.assignees.map(({ id }) => id),
  }
  return {
    ...toActionView(row),
    form: toFormView(definition, requestData),
    files: (await filesOf(db, row.requestId)).map(toFileView),
    delegation: step.delegation,
    you: {
      mayDecide: mayDecide({ ...situation, personId: actor?.id ?? '' }),
      // Whether to this person or that one shows when they are named.
      mayHandOn:
        actor !== null && mayReassign({ ...situation, actor, toPersonId: '', isDelegate: true }) === 'yes',
      kept: actor && row.status === 'open' ? await keptOf(db, row.id, actor.id) : null,
    },
  }
}

async function keptOf(db: Kysely<Database>, actionId: string, personId: string) {
  const kept = await db
    .selectFrom('partialAnswer')
    .select(['answers', 'comment'])
    .where('actionId', '=', actionId)
    .where('personId', '=', personId)
    .executeTakeFirst()
  return kept ?? null
}
