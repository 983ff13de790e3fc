import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../test/support/databases.ts'
import type { Store } from './store.ts'
import { toJson } from './to-json.ts'

test.each([
  ['plain', 'plain'],
  ['👍 is a pair', '👍 is a pair'],
  ['half \ud83d', 'half \uFFFD'],
  ['\udc4d', '\uFFFD'],
  ['a\0b', 'a\uFFFDb'],
  ['\\ud83d is text, as is \\u0000', '\\ud83d is text, as is \\u0000'],
  ['\\\ud83d', '\\\uFFFD'],
  ['\u0001\n"', '\u0001\n"'],
])('%j', (text, expected) => {
  expect(JSON.parse(toJson({ [text]: [text] }))).toEqual({ [expected]: [expected] })
})

describeOnBothDatabases('JSON of any texts', (open) => {
  let store: Store
  beforeAll(async () => {
    store = await open()
  })

  test('is stored, and every member can be asked for', async () => {
    const texts = fc.sample(fc.string({ unit: 'binary' }), { seed: 7, numRuns: 200 })
    const value = toJson({ texts: [...texts, 'half \ud83d', '\0'], reason: 'help' })
    const { rows } = await sql<{ reason: string }>`
      select ${value}::json ->> 'reason' as reason where ${value}::jsonb is not null`.execute(store.db)
    expect(rows).toEqual([{ reason: 'help' }])
  })
})
