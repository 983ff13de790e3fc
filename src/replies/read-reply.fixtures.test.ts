import { expect, test } from 'vitest'
import { contextOf, parseFixture, replyFixtures } from '../../test/support/reply-fixtures.ts'
import { readReply } from './read-reply.ts'

test.each(replyFixtures)('$file', async (fixture) => {
  const { matchedBy, ...expected } = fixture.expect
  const reading = readReply(await parseFixture(fixture), contextOf(fixture))
  expect(reading).toMatchObject(expected)
  // `toMatchObject` takes an object that holds more for a match: no answer may hide there.
  expect(reading.answers).toEqual(expected.answers ?? {})
  if (matchedBy !== undefined) expect(reading.details.Q1?.matchedBy).toBe(matchedBy)
  expect(reading.trace.map(({ from, to }) => reading.text.slice(from, to)).join('')).toBe(reading.text)
})

test('each fixture has a name of its own', () => {
  const names = replyFixtures.map(({ file }) => file)
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
})

test('at least 150 fixtures follow a real message or report, and name it', () => {
  expect(replyFixtures.filter(({ list, source }) => list === 'cited' && !source)).toEqual([])
  expect(replyFixtures.filter(({ source }) => source).length).toBeGreaterThanOrEqual(150)
})
