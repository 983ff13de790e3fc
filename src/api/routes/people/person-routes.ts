import { z } from 'zod'
import { isStanding } from '../../../approvals/load-action.ts'
import { mailAddressPattern } from '../../../approvals/model/mail-address.ts'
import { AppError } from '../../../lib/app-error.ts'
import { withoutUndefined } from '../../../lib/without-undefined.ts'
import { addPerson, changePerson } from '../../../people/change-person.ts'
import type { PersonState } from '../../../people/load-people.ts'
import { runningSessions } from '../../../people/sign-in/sessions.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import type { Caller } from '../../caller.ts'
import { byId, personRef, timestamp } from '../../common-schemas.ts'
import { problemResponse } from '../../problem-details.ts'
import { locale, personView, role, selectPeople, toPersonView } from './person-view.ts'

const tags = ['people']
const writing = { scope: 'people:write', role: 'administrator' } as const

const personDetail = personView
  .extend({
    managedBy: personRef.nullable(),
    memberOf: z.array(z.object({ id: z.uuid(), name: z.string() })),
    openActions: z.int().describe('That wait for them now'),
    manages: z.int().describe('How many active people have them as manager'),
    sessions: z.int().describe('Browsers that they are signed in with'),
    passwordSetAt: timestamp.nullable().describe('Null of somebody who cannot sign in'),
    addedAt: timestamp,
  })
  .meta({ id: 'PersonDetail' })

const mailAddress = z.email({ pattern: mailAddressPattern })

const written = z.strictObject({
  address: mailAddress,
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u),
  locale,
  role,
  active: z.boolean(),
  manager: mailAddress.nullable(),
  aliases: z.array(mailAddress).max(50),
})

/** One person: who they are, what depends on them, and the doors to change it. */
export function personRoutes(server: ApiServer, { context }: ApiParts): void {
  server.get(
    '/api/people/:id',
    {
      config: { right: { scope: 'people:read', role: 'auditor' } },
      schema: {
        tags,
        operationId: 'getPerson',
        summary: 'One person, with what depends on them',
        params: byId,
        response: { 200: personDetail, default: problemResponse },
      },
    },
    ({ params }) => load(params.id),
  )

  server.post(
    '/api/people',
    {
      config: { right: writing },
      schema: {
        tags,
        operationId: 'addPerson',
        summary: 'Add somebody',
        body: written.partial().required({ address: true, name: true }),
        response: { 201: personDetail, default: problemResponse },
      },
    },
    async ({ caller, body }, reply) => {
      const person = { ...newcomer, ...withoutUndefined(body), address: body.address, name: body.name }
      const id = await addPerson(context, { person, actorId: actorOf(caller) })
      return reply.code(201).send(await load(id))
    },
  )

  server.patch(
    '/api/people/:id',
    {
      config: { right: writing },
      schema: {
        tags,
        operationId: 'changePerson',
        summary: 'Change what is given of somebody',
        description: 'Who it was that changed what stays on record: `GET /api/people/{id}/history`.',
        params: byId,
        body: written.partial(),
        response: { 200: personDetail, default: problemResponse },
      },
    },
    async ({ caller, params, body }) => {
      const changes = withoutUndefined(body)
      await changePerson(context, { id: params.id, changes, actorId: actorOf(caller) })
      return load(params.id)
    },
  )

  async function load(id: string): Promise<z.output<typeof personDetail>> {
    const now = context.clock()
    const row = await selectPeople(context.db)
      .leftJoin('personPassword', 'personPassword.personId', 'person.id')
      .select(['manager.id as managerId', 'manager.name as managerName', 'person.createdAt'])
      .select('personPassword.setAt')
      .select((from) => [
        from
          .selectFrom('action')
          .innerJoin('actionAssignee', 'actionAssignee.actionId', 'action.id')
          .select((select) => select.fn.countAll<string>().as('count'))
          .where('action.status', '=', 'open')
          .whereRef('actionAssignee.personId', '=', 'person.id')
          .where(isStanding)
          .as('openActions'),
        from
          .selectFrom('person as managed')
          .select((select) => select.fn.countAll<string>().as('count'))
          .whereRef('managed.managerId', '=', 'person.id')
          .where('managed.active', '=', true)
          .as('manages'),
      ])
      .where('person.id', '=', id)
      .executeTakeFirst()
    if (!row) throw new AppError('person-not-found', { person: id })
    const sessions = await runningSessions(context.db, now)
      .select((select) => select.fn.countAll<string>().as('count'))
      .where('personId', '=', id)
      .executeTakeFirstOrThrow()
    const { managerId, managerName, createdAt, setAt, openActions, manages, ...person } = row
    return {
      ...toPersonView(person),
      managedBy:
        managerId === null ? null : { id: managerId, address: row.manager ?? '', name: managerName ?? '' },
      memberOf: row.groups,
      openActions: Number(openActions),
      manages: Number(manages),
      sessions: Number(sessions.count),
      passwordSetAt: setAt?.toISOString() ?? null,
      addedAt: createdAt.toISOString(),
    }
  }
}

const newcomer: Omit<PersonState, 'address' | 'name'> = {
  locale: 'en',
  role: 'member',
  active: true,
  manager: null,
  aliases: [],
}

/** Who changes it, for the record; null for the operator. */
export const actorOf = (caller: Caller): string | null =>
  caller.kind === 'operator' ? null : caller.person.id
