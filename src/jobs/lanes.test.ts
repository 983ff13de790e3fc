import { expect, test } from 'vitest'
import { createLog } from '../lib/log.ts'
import { openLanes } from './lanes.ts'

const log = createLog('silent')

test('lanes go on beside one that hangs, two batches wide, and add nothing twice', async () => {
  const taken: string[] = []
  const lanes = openLanes<number>({ width: 2, batchSize: 2, log }, (key, items, signal) => {
    taken.push(`${key} ${items}`)
    if (key !== 'hangs') return Promise.resolve()
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  })
  lanes.add('hangs', [1, 2, 3, 4, 5, 5])
  lanes.add('hangs', [5])
  lanes.add('works', [1, 2, 3, 4, 5])
  // What is under way is aborted; what was not begun is dropped.
  await lanes.stop(10)
  expect(taken.filter((batch) => batch.startsWith('hangs'))).toEqual(['hangs 1,2', 'hangs 3,4'])
  expect(taken.slice(2, 4)).toEqual(['works 1,2', 'works 3,4'])
})

test('a batch that throws stops none of those after it', async () => {
  const taken: number[][] = []
  const finished = new Promise<void>((resolve) => {
    const lanes = openLanes<number>({ width: 1, batchSize: 1, log }, async (_, items) => {
      taken.push(items)
      if (items[0] === 1) throw new Error('the first')
      resolve()
    })
    lanes.add('one', [1, 2])
  })
  await finished
  expect(taken).toEqual([[1], [2]])
})
