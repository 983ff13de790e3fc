import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GraphError } from '../src/graph/graph-error.ts'
import { type FilterScope, parseFilter } from '../src/graph/odata/parse-filter.ts'

interface Entry {
  flag: boolean
  size: number
  name?: string
}

const scope: FilterScope<Entry> = {
  fields: {
    flag: { type: 'boolean', read: ({ flag }) => flag },
    size: { type: 'number', read: ({ size }) => size },
    name: { type: 'string', read: ({ name }) => name },
  },
}

/** A condition as text beside what it means. */
interface Condition {
  text: string
  holds(entry: Entry): boolean
}

const comparison: fc.Arbitrary<Condition> = fc.oneof(
  fc.boolean().map((value) => ({ text: `flag eq ${value}`, holds: ({ flag }: Entry) => flag === value })),
  fc.integer({ min: -3, max: 3 }).map((value) => ({
    text: `size ge ${value}`,
    holds: ({ size }: Entry) => size >= value,
  })),
  fc.constantFrom("it's", '').map((value) => ({
    text: `name ne '${value.replaceAll("'", "''")}'`,
    holds: ({ name }: Entry) => name !== value,
  })),
  fc.constant({ text: 'name eq null', holds: ({ name }: Entry) => name === undefined }),
)

const condition = fc.letrec<{ any: Condition }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    comparison,
    fc
      .tuple(tie('any'), tie('any'))
      .map(([a, b]) => ({
        text: `${a.text} or ${b.text}`,
        holds: (entry: Entry) => a.holds(entry) || b.holds(entry),
      }))
      .map(({ text, holds }) => ({ text: `(${text})`, holds })),
    fc.tuple(comparison, comparison, comparison).map(([a, b, c]) => ({
      // `and` binds more closely than `or`.
      text: `(${a.text} and ${b.text} or ${b.text} and ${c.text})`,
      holds: (entry: Entry) => (a.holds(entry) && b.holds(entry)) || (b.holds(entry) && c.holds(entry)),
    })),
    tie('any').map(({ text, holds }) => ({ text: `not ${text}`, holds: (entry: Entry) => !holds(entry) })),
  ),
})).any

const entry: fc.Arbitrary<Entry> = fc.record(
  { flag: fc.boolean(), size: fc.integer({ min: -3, max: 3 }), name: fc.constantFrom("it's", '', 'other') },
  { requiredKeys: ['flag', 'size'] },
)

describe('a filter', () => {
  it('means what it says', () => {
    fc.assert(
      fc.property(condition, entry, ({ text, holds }, one) => {
        expect([text, parseFilter(text, scope).test(one)]).toEqual([text, holds(one)])
      }),
    )
  })

  it('is read or refused, whatever it is', () => {
    const parts = [
      'flag',
      'eq',
      'ne',
      'and',
      'or',
      'not',
      '(',
      ')',
      "'",
      "'a'",
      '1',
      'true',
      'null',
      ',',
      ':',
      ' ',
      'x/any',
      'startswith',
      '2026-01-01T00:00:00Z',
      '$',
    ]
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...parts)).map((some) => some.join(' ')),
    )
    let refused = 0
    fc.assert(
      fc.property(text, (some) => {
        try {
          parseFilter(some, scope)
        } catch (error) {
          expect(error).toBeInstanceOf(GraphError)
          refused += 1
        }
      }),
    )
    expect(refused).toBeGreaterThan(0)
  })
})
