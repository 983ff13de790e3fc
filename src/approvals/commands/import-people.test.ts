import { beforeEach, expect, test } from 'vitest'
import { describeOnBothDatabases } from '../../../test/support/databases.ts'
import { openSampleApi, type SampleApi } from '../../../test/support/sample-api.ts'
import { findPersonByAddress } from '../../people/find-person.ts'
import { importPeople } from './import-people.ts'

interface Entry {
  address: string
  name: string
  aliases?: string[]
  manager?: string
}

describeOnBothDatabases('importing people', (open) => {
  let api: SampleApi
  beforeEach(async () => {
    api = await openSampleApi(await open())
    return () => api.close()
  })

  const importThem = (people: Entry[], groups: object[] = []) =>
    importPeople(api.context, JSON.stringify({ people, groups }))

  test('more people than one chunk, with aliases, managers and a group of them all', async () => {
    const boss = 'p0@litware.example'
    const people = Array.from({ length: 1_234 }, (_, index) => ({
      address: `p${index}@litware.example`,
      name: `Person ${index}`,
      aliases: [`q${index}@litware.example`],
      ...(index === 0 ? {} : { manager: boss }),
    }))
    const members = people.map(({ address }) => address)
    const given = { people: 1_234, groups: 1 }
    expect(await importThem(people, [{ name: 'All', members }])).toEqual(given)
    // A repeat changes the same people.
    expect(await importThem(people, [{ name: 'All', members }])).toEqual(given)

    const { db } = api.context
    const last = await findPersonByAddress(db, 'Q1233@litware.example')
    expect(last).toMatchObject({ address: 'p1233@litware.example', name: 'Person 1233' })
    expect(last?.managerId).toBe((await findPersonByAddress(db, boss))?.id)
    const counted = await db
      .selectFrom('groupMember')
      .innerJoin('peopleGroup', 'peopleGroup.id', 'groupMember.groupId')
      .select((select) => select.fn.countAll<string>().as('count'))
      .where('peopleGroup.name', '=', 'All')
      .executeTakeFirstOrThrow()
    expect(Number(counted.count)).toBe(1_234)
  })

  test('other work of the process goes on meanwhile', async () => {
    const people = Array.from({ length: 2_000 }, (_, index) => ({
      address: `p${index}@litware.example`,
      name: 'P',
    }))
    let turns = 0
    let isDone = false
    const turn = () => {
      turns += 1
      if (!isDone) setImmediate(turn)
    }
    const importing = importThem(people).finally(() => {
      isDone = true
    })
    setImmediate(turn)
    await importing
    // At least one turn after each chunk.
    expect(turns).toBeGreaterThanOrEqual(4)
  })

  test('an alias may move from one person of the import to another', async () => {
    const ana = { address: 'ana@litware.example', name: 'Ana' }
    const ben = { address: 'ben@litware.example', name: 'Ben' }
    await importThem([{ ...ana, aliases: ['desk@litware.example'] }, ben])
    await importThem([ana, { ...ben, aliases: ['desk@litware.example'] }])
    expect(await findPersonByAddress(api.context.db, 'desk@litware.example')).toMatchObject({ name: 'Ben' })
  })

  test.each<[string, Entry, string]>([
    [
      'an alias that is somebody else’s address',
      { address: 'new@contoso.example', name: 'New', aliases: ['thomas.berger@contoso.example'] },
      'thomas.berger@contoso.example cannot be an address of new@contoso.example: it belongs to thomas.berger@contoso.example.',
    ],
    [
      'an alias that is somebody else’s alias',
      { address: 'new@contoso.example', name: 'New', aliases: ['e.gagnon@contoso.example'] },
      'e.gagnon@contoso.example cannot be an address of new@contoso.example: it belongs to elodie.gagnon@contoso.example.',
    ],
    [
      'an address that is somebody else’s alias',
      { address: 'e.gagnon@contoso.example', name: 'New' },
      'e.gagnon@contoso.example cannot be an address of e.gagnon@contoso.example: it belongs to elodie.gagnon@contoso.example.',
    ],
  ])('%s is refused, and nothing is imported', async (_, person, message) => {
    const other = { address: 'other@contoso.example', name: 'Other' }
    await expect(importThem([other, person])).rejects.toMatchObject({
      code: 'invalid-people',
      problems: [{ message: { en: expect.stringContaining(message) } }],
    })
    expect(await findPersonByAddress(api.context.db, other.address)).toBeNull()
  })
})
