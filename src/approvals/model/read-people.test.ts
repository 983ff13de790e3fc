import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPeople } from './read-people.ts'

interface Written {
  address: string
  manager?: string
  aliases?: string[]
}

const read = (people: Written[], groups: { name: string; members: string[] }[] = []) =>
  readPeople(JSON.stringify({ people: people.map((person) => ({ name: 'Somebody', ...person })), groups }))
const codes = (...input: Parameters<typeof read>) => read(...input).problems.map(({ code }) => code)
const at = (name: string | number) => `${name}@contoso.example`

test('addresses are folded, and managers and members named by an alias get the one address', () => {
  const { people, problems } = read(
    [
      { address: 'Nadia@CONTOSO.example', manager: 'E.Gagnon@contoso.example' },
      { address: at('elodie'), aliases: ['e.gagnon@Contoso.example'] },
    ],
    [{ name: 'Finance', members: ['E.GAGNON@contoso.example', at('elodie')] }],
  )
  expect(problems).toEqual([])
  expect(people).toEqual({
    people: [
      {
        address: at('nadia'),
        name: 'Somebody',
        locale: 'en',
        manager: at('elodie'),
        aliases: [],
        role: 'member',
        active: true,
      },
      {
        address: at('elodie'),
        name: 'Somebody',
        locale: 'en',
        manager: null,
        aliases: [at('e.gagnon')],
        role: 'member',
        active: true,
      },
    ],
    groups: [{ name: 'Finance', members: [at('elodie')] }],
  })
})

test('an address belongs to one person, be it primary or alias', () => {
  expect(codes([{ address: at('a') }, { address: 'A@CONTOSO.example' }])).toEqual(['address-twice'])
  expect(codes([{ address: at('a'), aliases: [at('b')] }, { address: at('b') }])).toEqual(['address-twice'])
  expect(codes([{ address: at('a'), aliases: [at('a')] }])).toEqual(['address-twice'])
})

test('a cycle of managers is told once, without those who lead into it', () => {
  const cycle = [
    { address: at('x'), manager: at('a') },
    { address: at('a'), manager: at('b') },
    { address: at('b'), manager: at('a') },
    { address: at('y'), manager: at('x') },
  ]
  const { problems } = read(cycle)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatchObject({
    code: 'manager-cycle',
    values: { chain: `${at('a')} → ${at('b')} → ${at('a')}` },
  })
  expect(codes([{ address: at('self'), manager: at('self') }])).toEqual(['manager-cycle'])
})

test('a group without members is a warning only', () => {
  expect(read([{ address: at('a') }], [{ name: 'Empty', members: [] }])).toMatchObject({
    people: { groups: [{ name: 'Empty', members: [] }] },
    problems: [{ code: 'group-empty', severity: 'warning' }],
  })
})

test('a long chain of managers is no cycle and takes one walk', () => {
  const people = Array.from({ length: 15_000 }, (_, index) => ({
    address: at(index),
    manager: at(index + 1),
  }))
  expect(codes([...people, { address: at(15_000) }])).toEqual([])
})

test('a cycle is found exactly when following managers comes back to somebody', () => {
  const managers = fc.array(fc.option(fc.nat(7)), { minLength: 8, maxLength: 8 })
  fc.assert(
    fc.property(managers, (of) => {
      const people = of.map((manager, index) => ({
        address: at(index),
        ...(manager === null ? {} : { manager: at(manager) }),
      }))
      const comesBack = of.some((_, start) => {
        let next: number | null = start
        for (let walked = 0; walked <= of.length && next !== null; walked++) next = of[next] ?? null
        return next !== null
      })
      expect(codes(people).includes('manager-cycle')).toBe(comesBack)
    }),
  )
})
