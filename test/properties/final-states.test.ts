import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Store } from '../../src/store/store.ts'
import { describeOnBothDatabases } from '../support/databases.ts'
import { openSampleApi, people, purchase, type SampleApi } from '../support/sample-api.ts'

const everybody = Object.values(people)
const somebody = fc.constantFrom(...everybody)

/** What anybody may try over the API, allowed or not; `at` picks one of the request's actions. */
type Command =
  | { name: 'decide'; who: string; at: number; result: string }
  | { name: 'reassign'; who: string; at: number; to: string }
  | { name: 'cancel'; who: string }

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      name: fc.constant('decide' as const),
      who: somebody,
      at: fc.nat(5),
      result: fc.constantFrom('YES', 'NO', 'MODIFY', 'MAYBE'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      name: fc.constant('reassign' as const),
      who: somebody,
      at: fc.nat(5),
      to: somebody,
    }),
  },
  { weight: 1, arbitrary: fc.record({ name: fc.constant('cancel' as const), who: somebody }) },
)

describeOnBothDatabases('whatever is tried, in whatever order', (open) => {
  let store: Store
  let api: SampleApi
  const tokens = new Map<string, string>()
  beforeAll(async () => {
    store = await open()
    api = await openSampleApi(store)
    for (const address of everybody) tokens.set(address, await api.tokenFor(address))
  })
  afterAll(() => api?.close())

  async function stateOf(requestId: number) {
    const { db } = api.context
    const request = await db
      .selectFrom('request')
      .selectAll()
      .where('id', '=', requestId)
      .executeTakeFirstOrThrow()
    const actions = await db
      .selectFrom('action')
      .selectAll()
      .where('requestId', '=', requestId)
      .orderBy('number')
      .execute()
    const decisions = await db
      .selectFrom('decision')
      .innerJoin('action', 'action.id', 'decision.actionId')
      .selectAll('decision')
      .where('action.requestId', '=', requestId)
      .orderBy('action.number')
      .execute()
    const assignees = await db
      .selectFrom('actionAssignee')
      .innerJoin('action', 'action.id', 'actionAssignee.actionId')
      .selectAll('actionAssignee')
      .where('action.requestId', '=', requestId)
      .orderBy('actionAssignee.actionId')
      .orderBy('actionAssignee.personId')
      .execute()
    const history = await db
      .selectFrom('auditEntry')
      .select(['sequence', 'kind', 'digest'])
      .where('requestId', '=', requestId)
      .orderBy('sequence')
      .execute()
    return { request, actions, decisions, assignees, history }
  }

  async function attempt(requestId: number, tried: Command, actions: { id: string }[]): Promise<number> {
    const post = async (path: string, body?: object) =>
      (await api.call(tokens.get(tried.who) ?? null, 'POST', path, body)).status
    if (tried.name === 'cancel') return post(`/api/requests/${requestId}/cancel`)
    const action = actions[tried.at % actions.length]?.id
    if (tried.name === 'reassign') return post(`/api/actions/${action}/reassign`, { to: tried.to })
    return post(`/api/actions/${action}/decide`, { result: tried.result, comment: 'As discussed.' })
  }

  test('what is final stays as it is, and an open request waits for exactly one action', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 10 }), async (commands) => {
        const filed = await api.call(tokens.get(people.requester) ?? null, 'POST', '/api/requests', {
          process: 'purchase',
          data: purchase,
        })
        const requestId: number = filed.body.id
        let before = await stateOf(requestId)
        for (const tried of commands) {
          const status = await attempt(requestId, tried, before.actions)
          expect(status).toBeLessThan(500)
          const after = await stateOf(requestId)
          if (before.request.status !== 'open') expect(after).toEqual(before)
          for (const action of before.actions.filter((one) => one.status !== 'open')) {
            expect(after.actions).toContainEqual(action)
            const asked = ({ assignees }: typeof before) =>
              assignees.filter(({ actionId }) => actionId === action.id)
            expect(asked(after)).toEqual(asked(before))
          }
          expect(after.decisions.slice(0, before.decisions.length)).toEqual(before.decisions)
          expect(after.decisions.map(({ actionId }) => actionId)).toEqual(
            after.actions.filter((one) => one.status === 'decided').map(({ id }) => id),
          )
          const open = after.actions.filter((one) => one.status === 'open')
          expect(open).toHaveLength(after.request.status === 'open' ? 1 : 0)
          before = after
        }
      }),
      { numRuns: 30 },
    )
  })
})
