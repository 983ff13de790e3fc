import type { InferResult } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { z } from 'zod'
import { deleteGroup } from '../../../approvals/commands/delete-group.ts'
import { AppError } from '../../../lib/app-error.ts'
import { findPersonByAddress } from '../../../people/find-person.ts'
import { changeMembership, makeGroup, renameGroup } from '../../../people/groups.ts'
import { groupsCalled } from '../../../people/groups-called.ts'
import { isCalled } from '../../../people/search-people.ts'
import type { ApiParts } from '../../api-parts.ts'
import type { ApiServer } from '../../api-server.ts'
import { address, byId, name } from '../../common-schemas.ts'
import { pageOf, pageQuery, toPageBy } from '../../paging.ts'
import { problemResponse } from '../../problem-details.ts'
import { actorOf } from './person-routes.ts'

const tags = ['people']
const reading = { scope: 'people:read', role: 'auditor' } as const
const writing = { scope: 'people:write', role: 'administrator' } as const

const groupView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    formerNames: z.array(z.string()).describe('By which it is still found'),
    members: z.int().describe('Those who have left are counted too'),
    active: z.int().describe('Those who may be asked'),
  })
  .meta({ id: 'PeopleGroup' })

/** One line. */
const groupName = name.regex(/^[^\p{Cc}\u2028\u2029]*$/u)

const memberView = z
  .object({ id: z.uuid(), address: z.string(), name: z.string(), active: z.boolean() })
  .meta({ id: 'GroupMember' })

/** Groups, whose members a step may ask. */
export function groupRoutes(server: ApiServer, { context }: ApiParts): void {
  const selectGroups = () =>
    context.db
      .selectFrom('peopleGroup')
      .leftJoin('groupMember', 'groupMember.groupId', 'peopleGroup.id')
      .leftJoin('person', 'person.id', 'groupMember.personId')
      .select(['peopleGroup.id', 'peopleGroup.name'])
      .select((select) => [
        select.fn.count<string>('groupMember.personId').as('members'),
        select.fn.count<string>('groupMember.personId').filterWhere('person.active', '=', true).as('active'),
        jsonArrayFrom(
          select
            .selectFrom('peopleGroupFormerName')
            .select('peopleGroupFormerName.name')
            .whereRef('peopleGroupFormerName.groupId', '=', 'peopleGroup.id')
            .orderBy('peopleGroupFormerName.name'),
        ).as('formerNames'),
      ])
      .groupBy('peopleGroup.id')
  const toView = ({ id, name, ...group }: InferResult<ReturnType<typeof selectGroups>>[number]) => ({
    ...{ id, name },
    formerNames: group.formerNames.map((former) => former.name),
    members: Number(group.members),
    active: Number(group.active),
  })
  async function load(id: string): Promise<z.output<typeof groupView>> {
    const group = await selectGroups().where('peopleGroup.id', '=', id).executeTakeFirst()
    if (!group) throw new AppError('group-not-found', { group: id })
    return toView(group)
  }

  server.get(
    '/api/groups',
    {
      config: { right: reading },
      schema: {
        tags,
        operationId: 'listGroups',
        summary: 'Groups by name',
        querystring: z.strictObject({
          ...pageQuery(name),
          name: name.optional().describe('The one of this name, or that had it'),
        }),
        response: { 200: pageOf(groupView), default: problemResponse },
      },
    },
    async ({ query }) => {
      let groups = selectGroups()
        .orderBy('peopleGroup.name')
        .limit(query.limit + 1)
      if (query.after !== undefined) groups = groups.where('peopleGroup.name', '>', query.after)
      if (query.name !== undefined) {
        const called = (await groupsCalled(context.db, [query.name])).get(query.name)
        if (called === undefined) return { items: [], next: null }
        groups = groups.where('peopleGroup.id', '=', called.id)
      }
      const { rows, next } = toPageBy(await groups.execute(), query.limit, (group) => group.name)
      return { items: rows.map(toView), next }
    },
  )

  server.post(
    '/api/groups',
    {
      config: { right: writing },
      schema: {
        tags,
        operationId: 'makeGroup',
        summary: 'Make a group without members',
        body: z.strictObject({ name: groupName }),
        response: { 201: groupView, default: problemResponse },
      },
    },
    async ({ caller, body }, reply) =>
      reply.code(201).send(await load(await makeGroup(context, { ...body, actorId: actorOf(caller) }))),
  )

  server.patch(
    '/api/groups/:id',
    {
      config: { right: writing },
      schema: {
        tags,
        operationId: 'renameGroup',
        summary: 'Rename a group',
        description: 'Processes and files that call it by a name it had still find it.',
        params: byId,
        body: z.strictObject({ name: groupName }),
        response: { 200: groupView, default: problemResponse },
      },
    },
    async ({ caller, params, body }) => {
      await renameGroup(context, { groupId: params.id, ...body, actorId: actorOf(caller) })
      return load(params.id)
    },
  )

  server.delete(
    '/api/groups/:id',
    {
      config: { right: writing },
      schema: {
        tags,
        operationId: 'deleteGroup',
        summary: 'Delete a group that nothing uses',
        description:
          'Refused while a process names it, in its current version or in one that requests still run on ' +
          '(`group-in-process`), and while its members are asked about an open action (`group-has-actions`).',
        params: byId,
        response: { 204: z.undefined(), default: problemResponse },
      },
    },
    async ({ caller, params }, reply) => {
      await deleteGroup(context, { groupId: params.id, actorId: actorOf(caller) })
      return reply.code(204).send()
    },
  )

  server.get(
    '/api/groups/:id/members',
    {
      config: { right: reading },
      schema: {
        tags,
        operationId: 'listMembers',
        summary: 'The members of a group by name',
        params: byId,
        querystring: z.strictObject({
          ...pageQuery(z.string().max(1_000)),
          search: z.string().trim().max(100).default(''),
        }),
        response: { 200: pageOf(memberView).extend({ group: groupView }), default: problemResponse },
      },
    },
    async ({ params, query }) => {
      const group = await load(params.id)
      let members = context.db
        .selectFrom('person')
        .innerJoin('groupMember', 'groupMember.personId', 'person.id')
        .select(['person.id', 'person.address', 'person.name', 'person.active', 'person.searchText'])
        .where('groupMember.groupId', '=', params.id)
        .where((where) => isCalled(where, query.search))
        .orderBy('person.searchText')
        .limit(query.limit + 1)
      if (query.after !== undefined) members = members.where('person.searchText', '>', query.after)
      const { rows, next } = toPageBy(await members.execute(), query.limit, (member) => member.searchText)
      return { group, items: rows, next }
    },
  )

  server.post(
    '/api/groups/:id/members',
    {
      config: { right: writing },
      schema: {
        tags,
        operationId: 'addMember',
        summary: 'Take somebody into a group',
        params: byId,
        body: z.strictObject({ address }),
        response: { 204: z.undefined(), default: problemResponse },
      },
    },
    async ({ caller, params, body }, reply) => {
      const person = await findPersonByAddress(context.db, body.address)
      if (person === null) throw new AppError('person-not-found', { person: body.address })
      const change = { groupId: params.id, personId: person.id, joins: true }
      await changeMembership(context, { ...change, actorId: actorOf(caller) })
      return reply.code(204).send()
    },
  )

  server.delete(
    '/api/groups/:id/members/:personId',
    {
      config: { right: writing },
      schema: {
        tags,
        operationId: 'removeMember',
        summary: 'Take somebody out of a group',
        description: 'What they were asked as its member is not theirs to answer any more.',
        params: z.strictObject({ id: z.uuid(), personId: z.uuid() }),
        response: { 204: z.undefined(), default: problemResponse },
      },
    },
    async ({ caller, params }, reply) => {
      const change = { groupId: params.id, personId: params.personId, joins: false }
      await changeMembership(context, { ...change, actorId: actorOf(caller) })
      return reply.code(204).send()
    },
  )
}
