import { expect, test } from 'vitest'
import { onMilestone, reached } from './milestones.ts'

test('a milestone is told to those who listen for it, until they stop', () => {
  const told: string[] = []
  const stop = onMilestone('reply-understood', ({ inboundMessageId }) => told.push(inboundMessageId))
  reached('reply-understood', { inboundMessageId: 'one' })
  reached('decision-written', { actionId: 'another milestone' })
  stop()
  reached('reply-understood', { inboundMessageId: 'two' })
  expect(told).toEqual(['one'])
})
