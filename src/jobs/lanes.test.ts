import { expect, test } from 'vitest'
import { openLanes } from './lanes.ts'

test('lanes go on beside one that hangs, two batches wide, and add nothing twice', async () => {
  const taken: string[] = []
  const lanes = openLanes<number>({ width: 2, batchSize: 2 }, (key, items, signal) => {
    taken.push(`${key} ${items}`)
    if (key !== 'hangs') return Promise.resolve()
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  })
  const first = lanes.add('hangs', [1, 2, 3, 4, 5, 5])
  const again = lanes.add('hangs', [5])
  const worked = await lanes.add('works', [1, 2, 3, 4, 5])
  expect(worked).toEqual(Array.from({ length: 5 }, () => ({ outcome: 'done' })))
  // What is under way is aborted; what was not begun is left.
  await lanes.stop(10)
  expect(taken.filter((batch) => batch.startsWith('hangs'))).toEqual(['hangs 1,2', 'hangs 3,4'])
  expect(taken.slice(2, 4)).toEqual(['works 1,2', 'works 3,4'])
  const aborted = { outcome: 'failed', error: new Error('Countersign is stopping') }
  const left = { outcome: 'left' }
  expect(await first).toEqual([aborted, aborted, aborted, aborted, left, left])
  expect(await again).toEqual([left])
  expect(await lanes.add('works', [6])).toEqual([left])
})

test('a batch that throws stops none of those after it', async () => {
  const error = new Error('the first')
  const lanes = openLanes<number>({ width: 1, batchSize: 1 }, async (_, items) => {
    if (items[0] === 1) throw error
  })
  expect(await lanes.add('one', [1, 2])).toEqual([{ outcome: 'failed', error }, { outcome: 'done' }])
})
