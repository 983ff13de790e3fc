import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ProcessDefinition, Step } from './process.ts'
import { readDefinition } from './read-definition.ts'
import {
  type ActionStatus,
  afterDecision,
  choiceOf,
  commentMissing,
  dueAt,
  firstStep,
  mayCancel,
  mayDecide,
  mayReassign,
  type RequestStatus,
} from './state-machine.ts'

const file = new URL('../../../examples/processes/purchase.yaml', import.meta.url)
const purchase = readDefinition(readFileSync(file, 'utf8')).definition as ProcessDefinition
const manager = purchase.steps[0] as Step
const finance = purchase.steps[1] as Step

const open = { action: { status: 'open' }, request: { status: 'open', requesterId: 'nadia' } } as const
const situation = { ...open, step: manager, assignees: ['elodie'], personId: 'elodie' }

test('the first step opens with the request', () => {
  expect(firstStep(purchase).name).toBe('manager-approval')
  expect(() => firstStep({ ...purchase, steps: [] })).toThrow('purchase')
})

test('every result leads on', () => {
  expect(afterDecision(manager, 'YES')).toEqual({ to: 'action', step: 'finance-approval' })
  expect(afterDecision(manager, 'NO')).toEqual({ to: 'end', ending: 'refused' })
  expect(afterDecision(finance, 'MODIFY')).toEqual({ to: 'action', step: 'manager-approval' })
})

test.each(['MAYBE', 'constructor', ''])('%j is no result of the step', (result) => {
  expect(choiceOf(manager, result)).toBeNull()
  expect(() => afterDecision(manager, result)).toThrow('no transition')
})

test('only an assignee decides an open action, and not their own request', () => {
  expect(mayDecide(situation)).toBe('yes')
  expect(mayDecide({ ...situation, personId: 'thomas' })).toBe('not-assignee')
  expect(mayDecide({ ...situation, action: { status: 'decided' } })).toBe('action-closed')
  expect(mayDecide({ ...situation, action: { status: 'cancelled' } })).toBe('action-closed')
  expect(mayDecide({ ...situation, request: { status: 'cancelled', requesterId: 'nadia' } })).toBe(
    'action-closed',
  )
  const own = { ...situation, assignees: ['nadia'], personId: 'nadia' }
  expect(mayDecide(own)).toBe('own-request')
  expect(mayDecide({ ...own, step: { ...manager, requesterMayApprove: true } })).toBe('yes')
})

test('a required comment is missing until it says something', () => {
  const refuse = choiceOf(manager, 'NO')
  const approve = choiceOf(manager, 'YES')
  if (refuse === null || approve === null) throw new Error('the sample has both')
  expect(commentMissing(refuse, ' \n\t')).toBe(true)
  expect(commentMissing(refuse, 'Too dear.')).toBe(false)
  expect(commentMissing(approve, '')).toBe(false)
})

describe('an open action is given', () => {
  const action = { status: 'open', timesDelegated: 0 } as const
  const reassign = {
    ...open,
    action,
    step: manager,
    assignees: ['elodie'],
    toPersonId: 'thomas',
    isDelegate: true,
  }
  const elodie = { id: 'elodie', role: 'member' } as const
  const admin = { id: 'admin', role: 'administrator' } as const
  test('by administrators to anybody, whatever the step says', () => {
    const step = { ...manager, delegation: { kind: 'none' } as const }
    const given = { ...reassign, step, actor: admin, isDelegate: false }
    expect(mayReassign(given)).toBe('yes')
    expect(mayReassign({ ...given, action: { ...action, timesDelegated: 9 } })).toBe('yes')
    expect(mayReassign({ ...given, action: { ...action, status: 'decided' } })).toBe('action-closed')
  })

  test('by assignees to whom the step lets them', () => {
    const given = { ...reassign, actor: elodie }
    const step = { ...manager, delegation: { kind: 'none' } as const }
    expect(mayReassign(given)).toBe('yes')
    expect(mayReassign({ ...given, step })).toBe('delegation-not-allowed')
    expect(mayReassign({ ...given, isDelegate: false })).toBe('not-a-delegate')
    expect(mayReassign({ ...given, toPersonId: 'elodie' })).toBe('already-assigned')
    expect(mayReassign({ ...given, assignees: ['elodie', 'thomas'] })).toBe('already-assigned')
    expect(mayReassign({ ...given, action: { ...action, status: 'decided' } })).toBe('action-closed')
    expect(mayReassign({ ...given, actor: { id: 'thomas', role: 'member' } })).toBe('not-allowed')
  })

  test('by assignees three times in a row and no more', () => {
    const after = (timesDelegated: number) =>
      mayReassign({ ...reassign, actor: elodie, action: { ...action, timesDelegated } })
    expect([0, 2, 3, 4].map(after)).toEqual(['yes', 'yes', 'delegated-too-often', 'delegated-too-often'])
  })

  test('by nobody to a requester who may not approve', () => {
    const own = { ...reassign, toPersonId: 'nadia' }
    expect(mayReassign({ ...own, actor: elodie })).toBe('own-request')
    expect(mayReassign({ ...own, actor: admin })).toBe('own-request')
    const step = { ...manager, requesterMayApprove: true }
    expect(mayReassign({ ...own, step, actor: elodie })).toBe('yes')
  })
})

test('the requester and administrators cancel an open request', () => {
  const { request } = open
  expect(mayCancel({ request, actor: { id: 'nadia', role: 'member' } })).toBe('yes')
  expect(mayCancel({ request, actor: { id: 'admin', role: 'administrator' } })).toBe('yes')
  expect(mayCancel({ request, actor: { id: 'elodie', role: 'member' } })).toBe('not-allowed')
  const completed = { ...request, status: 'completed' } as const
  expect(mayCancel({ request: completed, actor: { id: 'nadia', role: 'member' } })).toBe('request-closed')
})

test('deadlines are whole days of 24 hours', () => {
  expect(dueAt(manager, new Date('2026-11-24T13:58:00Z'))).toEqual(new Date('2026-11-29T13:58:00Z'))
  expect(dueAt({ ...manager, dueAfterDays: null }, new Date())).toBeNull()
})

/** A request as commands keep it: the rules say what may happen, the world stores what follows. */
class World {
  status: RequestStatus = 'open'
  ending: string | null = null
  actions: {
    step: Step
    status: ActionStatus
    assignees: string[]
    decisions: number
    timesDelegated: number
  }[] = []

  constructor() {
    this.open(firstStep(purchase))
  }

  open(step: Step) {
    this.actions.push({ step, status: 'open', assignees: ['elodie'], decisions: 0, timesDelegated: 0 })
  }

  get request() {
    return { status: this.status, requesterId: 'nadia' }
  }

  decide(index: number, personId: string, result: string) {
    const action = this.actions[index % this.actions.length]
    if (!action) return
    const choice = choiceOf(action.step, result)
    if (choice === null || mayDecide({ ...action, action, request: this.request, personId }) !== 'yes') return
    action.status = 'decided'
    action.decisions++
    const next = afterDecision(action.step, result)
    if (next.to === 'action') this.open(purchase.steps.find(({ name }) => name === next.step) as Step)
    else {
      this.status = 'completed'
      this.ending = next.ending
    }
  }

  reassign(index: number, actorId: string, toPersonId: string) {
    const action = this.actions[index % this.actions.length]
    const actor = { id: actorId, role: 'member' } as const
    if (!action) return
    const situation = { ...action, action, request: this.request, actor, toPersonId, isDelegate: true }
    if (mayReassign(situation) === 'yes') {
      action.assignees = [toPersonId]
      action.timesDelegated++
    }
  }

  cancel(actorId: string) {
    if (mayCancel({ request: this.request, actor: { id: actorId, role: 'member' } }) !== 'yes') return
    this.status = 'cancelled'
    for (const action of this.actions) if (action.status === 'open') action.status = 'cancelled'
  }
}

const people = fc.constantFrom('nadia', 'elodie', 'thomas')
const index = fc.nat(5)
const event = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(
      fc.constant('decide'),
      index,
      people,
      fc.constantFrom('YES', 'NO', 'MODIFY', 'MAYBE'),
    ),
  },
  { weight: 2, arbitrary: fc.tuple(fc.constant('reassign'), index, people, people) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('cancel'), index, people, people) },
)

test('in any order of events an action is decided at most once, and what is final stays as it is', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const world = new World()
      let final: string | null = null
      for (const [kind, at, person, value] of events) {
        if (kind === 'decide') world.decide(at, person, value)
        else if (kind === 'reassign') world.reassign(at, person, value)
        else world.cancel(person)
        if (final !== null) expect(JSON.stringify(world)).toBe(final)
        if (world.status !== 'open') final = JSON.stringify(world)

        const opened = world.actions.filter(({ status }) => status === 'open').length
        expect(opened).toBe(world.status === 'open' ? 1 : 0)
        expect(world.ending !== null).toBe(world.status === 'completed')
        for (const action of world.actions) {
          expect(action.decisions).toBe(action.status === 'decided' ? 1 : 0)
          expect(action.assignees).not.toContain('nadia')
        }
      }
    }),
    { numRuns: 500 },
  )
})
