import type { Kysely } from 'kysely'
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres'
import { z } from 'zod'
import { isStanding, stepNamed } from '../../../approvals/load-action.ts'
import { answerLabel, answerText } from '../../../approvals/model/answer-text.ts'
import { fieldOf } from '../../../approvals/model/check-answers.ts'
import type { ProcessDefinition, Step } from '../../../approvals/model/process.ts'
import { questionsOf } from '../../../approvals/model/questions-of.ts'
import { renderTitle } from '../../../approvals/model/render-title.ts'
import type { Database } from '../../../store/schema.ts'
import { localText, personRef, requestId, timestamp } from '../../common-schemas.ts'
import { amountIn, toFormView } from '../../form-view.ts'
import { personRefOf } from '../../person-ref.ts'
import { absence, absencesOf } from './absences-of.ts'

const answerChoice = z.object({ result: z.string(), label: localText })
const choice = answerChoice.extend({ comment: z.enum(['none', 'optional', 'required']) })
const question = z.object({ id: z.string().describe('Q1, Q2 …'), text: localText })

const furtherQuestion = question.extend({
  type: z.enum(['text', 'number', 'money', 'date', 'choice']),
  currency: z.string().nullable().describe('Of an amount: ISO 4217'),
  choices: z.array(answerChoice),
  requiredFor: z.array(z.string()).describe('The results with which it must be answered'),
})

const assignee = personRef.extend({
  handedOnBy: personRef.nullable().describe('The assignee who has asked them instead'),
})

/** Answers by question id. */
export const answersByQuestion = z.record(z.string().max(10), z.string().max(4_000))

/** An action with its question, who may decide it, and the decision once there is one. Holds no reply token. */
export const actionView = z
  .object({
    id: z.uuid(),
    number: z.int().describe('1, 2, 3 … within the request'),
    request: z.object({
      id: requestId,
      title: z.string().describe('In the language of the requester'),
      titles: localText,
      amount: localText.nullable().describe('How much: the first amount of its form'),
      requester: personRef,
    }),
    step: z.string(),
    title: localText,
    question: question.extend({ choices: z.array(choice) }).describe('The question that decides'),
    furtherQuestions: z.array(furtherQuestion).describe('Those whose answers fill return fields'),
    status: z.enum(['open', 'decided', 'cancelled']),
    assignees: z.array(assignee).describe('Those who may decide it, or might have'),
    absences: z.array(absence).describe('Of an open action: what automatic replies say of who is away'),
    decision: z
      .object({
        result: z.string(),
        answers: answersByQuestion.describe('To all questions, the one that decides among them'),
        said: z
          .array(z.object({ id: z.string(), label: localText, text: localText }))
          .describe('The same answers as people read them, in the order of the questions'),
        comment: z.string(),
        door: z.enum(['mail', 'portal', 'api']),
        at: timestamp,
        by: personRef,
        releasedBy: personRef.nullable().describe('The administrator who took a held reply for theirs'),
        enteredBy: personRef
          .nullable()
          .describe('The administrator who read their reply and entered what it says'),
        inboundMessageId: z.uuid().nullable().describe('The reply that proves it, for decisions by mail'),
      })
      .nullable(),
    openedAt: timestamp,
    dueAt: timestamp.nullable(),
    closedAt: timestamp.nullable(),
  })
  .meta({ id: 'Action' })

export type ActionView = z.output<typeof actionView>

/** Actions with all that a view of them shows; the caller adds which ones, and their order. */
export function selectActions(db: Kysely<Database>) {
  return db
    .selectFrom('action')
    .innerJoin('request', 'request.id', 'action.requestId')
    .innerJoin('process', 'process.id', 'request.processId')
    .innerJoin('person', 'person.id', 'request.requesterId')
    .selectAll('action')
    .select((from) => [
      'request.title as requestTitle',
      'request.data as requestData',
      'request.status as requestStatus',
      'process.definition',
      personRefOf(from).as('requester'),
      jsonArrayFrom(
        from
          .selectFrom('actionAssignee')
          .innerJoin('person', 'person.id', 'actionAssignee.personId')
          .select((inner) => [
            'person.id',
            'person.address',
            'person.name',
            jsonObjectFrom(
              inner
                .selectFrom('person as delegator')
                .select(['delegator.id', 'delegator.address', 'delegator.name'])
                .whereRef('delegator.id', '=', 'actionAssignee.handedOnBy'),
            ).as('delegator'),
          ])
          .whereRef('actionAssignee.actionId', '=', 'action.id')
          .where('actionAssignee.endedAt', 'is', null)
          .where((where) => where.or([where('action.status', '!=', 'open'), isStanding(where)]))
          .orderBy('person.address'),
      ).as('assignees'),
      absencesOf(from).as('absences'),
      jsonObjectFrom(
        from
          .selectFrom('decision')
          .innerJoin('person', 'person.id', 'decision.personId')
          .select((inner) => [
            'decision.result',
            'decision.answers',
            'decision.comment',
            'decision.door',
            'decision.decidedAt as at',
            'decision.inboundMessageId as message',
            personRefOf(inner).as('by'),
            jsonObjectFrom(
              inner
                .selectFrom('person as releaser')
                .select(['releaser.id', 'releaser.address', 'releaser.name'])
                .whereRef('releaser.id', '=', 'decision.releasedBy'),
            ).as('releaser'),
            jsonObjectFrom(
              inner
                .selectFrom('person as enterer')
                .select(['enterer.id', 'enterer.address', 'enterer.name'])
                .whereRef('enterer.id', '=', 'decision.enteredBy'),
            ).as('enterer'),
          ])
          .whereRef('decision.actionId', '=', 'action.id'),
      ).as('decision'),
    ])
}

export type ActionRow = Awaited<ReturnType<ReturnType<typeof selectActions>['execute']>>[number]

export function toActionView(row: ActionRow): ActionView {
  const { definition, decision } = row
  const step = stepNamed(definition, row.step)
  const { title, question, furtherQuestions } = step
  return {
    id: row.id,
    number: row.number,
    request: {
      id: row.requestId,
      title: row.requestTitle,
      titles: {
        en: renderTitle(definition, row.requestData, 'en'),
        fr: renderTitle(definition, row.requestData, 'fr'),
      },
      amount: amountIn(toFormView(definition, row.requestData)),
      requester: row.requester,
    },
    step: row.step,
    title,
    question,
    furtherQuestions: furtherQuestions.map((further) => {
      const field = fieldOf(further, definition.fields)
      const type = further.choices.length > 0 ? 'choice' : field.type
      return { ...further, type, currency: field.currency ?? null }
    }),
    status: row.status,
    assignees: row.assignees.map(({ delegator, ...person }) => ({ ...person, handedOnBy: delegator })),
    absences: row.absences.map(({ person, since, until, instead }) => ({
      person,
      since: new Date(since).toISOString(),
      returnsOn: until,
      standIn: instead,
    })),
    decision: decision && {
      result: decision.result,
      answers: decision.answers,
      said: saidIn({ definition, step }, decision.answers),
      comment: decision.comment,
      door: decision.door,
      at: new Date(decision.at).toISOString(),
      by: decision.by,
      releasedBy: decision.releaser,
      enteredBy: decision.enterer,
      inboundMessageId: decision.message,
    },
    openedAt: row.openedAt.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
  }
}

/** Answers as people read them, in the order of the questions. */
function saidIn(asked: { definition: ProcessDefinition; step: Step }, answers: Record<string, string>) {
  return questionsOf(asked.step).flatMap(({ id }) => {
    const answer = answers[id]
    if (answer === undefined) return []
    const label = { en: answerLabel(asked, id, 'en'), fr: answerLabel(asked, id, 'fr') }
    const text = { en: answerText(asked, id, answer, 'en'), fr: answerText(asked, id, answer, 'fr') }
    return [{ id, label, text }]
  })
}
