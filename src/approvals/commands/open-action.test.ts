import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { openTestPglite } from '../../../test/support/databases.ts'
import { purchasesOn } from '../../../test/support/purchases.ts'
import { openSampleApi, people } from '../../../test/support/sample-api.ts'
import { createLog } from '../../lib/log.ts'

test('an action for which nobody can be asked is logged as an error, without names', async () => {
  const lines: string[] = []
  const destination = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const store = await openTestPglite()
  const api = await openSampleApi(store, { log: createLog('error', destination) })
  await api.context.db
    .updateTable('person')
    .set({ managerId: null })
    .where('address', '=', people.requester)
    .execute()
  const requestId = await purchasesOn(api.context).file()
  const [action] = await purchasesOn(api.context).actionsOf(requestId)
  await api.close()
  await store.close()

  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      level: 'error',
      time: expect.any(String),
      request: requestId,
      action: action?.id,
      step: 'manager-approval',
      reason: 'no-manager',
      msg: 'nobody can be asked: the action waits until it is given to somebody',
    },
  ])
})
