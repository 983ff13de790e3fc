import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../src/index.ts'
import { deliverMail } from './support/deliver-mail.ts'
import { control, ewsClient, itemIds, responseCodes } from './support/ews-client.ts'
import { field, findItem, setIsRead } from './support/ews-requests.ts'

let simulator: Simulator
let client: Awaited<ReturnType<typeof ewsClient>>
beforeAll(async () => {
  simulator = await startSimulator()
})
beforeEach(async () => {
  client = await ewsClient(simulator)
})
afterEach(() => control(simulator, 'POST', '/reset'))
afterAll(() => simulator.close())

const arrive = (fields?: Record<string, string>, body?: string) => deliverMail(simulator, fields, body)

describe('FindItem knows every form of restriction, on properties of the schema and of MAPI', () => {
  const tag = (id: string, type: string) => `<t:ExtendedFieldURI PropertyTag="${id}" PropertyType="${type}"/>`
  const own =
    '<t:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings" PropertyName="Rank" PropertyType="Integer"/>'
  const compare = (kind: string, path: string, value: string) =>
    `<t:${kind}>${path}<t:FieldURIOrConstant><t:Constant Value="${value}"/></t:FieldURIOrConstant></t:${kind}>`
  const contains = (mode: string, comparison: string, value: string, path = field('item:Subject')) =>
    `<t:Contains ContainmentMode="${mode}" ContainmentComparison="${comparison}">${path}<t:Constant Value="${value}"/></t:Contains>`
  const messageId = tag('0x1035', 'String')

  beforeEach(async () => {
    await arrive({ Subject: '=?utf-8?Q?Facture_r=C3=A9gl=C3=A9e?=', 'Message-ID': '<one@contoso.example>' })
    await arrive({ Subject: 'Invoice paid', 'In-Reply-To': '<q@contoso.example>' }, 'x'.repeat(50_000))
    const third = await arrive({ Subject: 'Paid invoices', References: '<q@contoso.example>' })
    const ranks: [string, string][] = [[third, '10']]
    const [, second = '', first = ''] = itemIds((await client.call(findItem({}))).body)
    ranks.push([second, '9'], [first, '100'])
    for (const [id, rank] of ranks) await client.call(setRank(id, rank))
    await client.call(setIsRead(second, { resolution: 'AlwaysOverwrite' }))
  })
  const setRank = (id: string, rank: string) =>
    setIsRead(id, { resolution: 'AlwaysOverwrite' })
      .replace(field('message:IsRead'), own)
      .replace(
        '<t:IsRead>true</t:IsRead>',
        `<t:ExtendedProperty>${own}<t:Value>${rank}</t:Value></t:ExtendedProperty>`,
      )

  it.each([
    ['equality without case', compare('IsEqualTo', field('item:Subject'), 'INVOICE PAID'), [2]],
    ['inequality', compare('IsNotEqualTo', field('item:Subject'), 'invoice paid'), [1, 3]],
    ['numbers of MAPI, not text', compare('IsGreaterThan', own, '9'), [1, 3]],
    ['at least', compare('IsGreaterThanOrEqualTo', own, '10'), [1, 3]],
    ['less', compare('IsLessThan', own, '10'), [2]],
    ['at most', compare('IsLessThanOrEqualTo', own, '10'), [2, 3]],
    ['a size', compare('IsGreaterThan', tag('0x0E08', 'Integer'), '50000'), [2]],
    ['a moment', compare('IsLessThan', tag('0x0E06', 'SystemTime'), '2100-01-01T00:00:00+02:00'), [1, 2, 3]],
    ['a boolean', compare('IsEqualTo', tag('0x0E1B', 'Boolean'), 'true'), []],
    [
      'two properties',
      compare('IsEqualTo', messageId, '').replace(/<t:Constant[^>]*>/, field('message:InternetMessageId')),
      [1, 2, 3],
    ],
    ['presence', `<t:Exists>${tag('0x1042', 'String')}</t:Exists>`, [2]],
    ['absence', `<t:Not><t:Exists>${field('message:References')}</t:Exists></t:Not>`, [1, 2]],
    [
      'bits that are not set',
      `<t:Excludes>${tag('0x0E07', 'Integer')}<t:Bitmask Value="0x1"/></t:Excludes>`,
      [1, 3],
    ],
    ['a part of text', contains('Substring', 'IgnoreCase', 'VOICE'), [2, 3]],
    ['a part of text by its case', contains('Substring', 'Exact', 'invoice'), [3]],
    ['a beginning', contains('Prefixed', 'IgnoreCase', 'paid'), [3]],
    ['the beginning of a word', contains('PrefixOnWords', 'IgnoreCase', 'invoi'), [2, 3]],
    ['a whole word', contains('ExactPhrase', 'IgnoreCase', 'invoice'), [2]],
    ['all of it', contains('FullString', 'IgnoreCase', 'invoice paid'), [2]],
    ['text without its accents', contains('Substring', 'IgnoreCaseAndNonSpacingCharacters', 'REGLEE'), [1]],
    ['a part of a property of MAPI', contains('Prefixed', 'Exact', '&lt;one@', messageId), [1]],
    [
      'both',
      `<t:And>${compare('IsLessThan', own, '50')}${contains('Substring', 'IgnoreCase', 'paid')}</t:And>`,
      [2, 3],
    ],
    [
      'either',
      `<t:Or>${compare('IsEqualTo', own, '100')}${compare('IsEqualTo', field('message:IsRead'), 'true')}</t:Or>`,
      [1, 2],
    ],
  ])('%s', async (_, restriction, expected) => {
    const sort = `<m:SortOrder><t:FieldOrder Order="Ascending">${field('item:DateTimeCreated')}</t:FieldOrder></m:SortOrder>`
    const all = itemIds((await client.call(findItem({ sort }))).body)
    const found = itemIds((await client.call(findItem({ sort, restriction }))).body)
    expect(found.map((id) => all.indexOf(id) + 1)).toEqual(expected)
  })

  it('and sorts by them, numbers as numbers, what lacks the property first', async () => {
    await arrive({ Subject: 'No rank' })
    const order = (direction: string) =>
      `<m:SortOrder><t:FieldOrder Order="${direction}">${own}</t:FieldOrder></m:SortOrder>`
    const ranks = async (direction: string) => {
      const { body } = await client.call(findItem({ sort: order(direction), properties: own }))
      return body
        .split('<t:Message>')
        .slice(1)
        .map((item) => /<t:Value>(\d+)</.exec(item)?.[1])
    }
    expect(await ranks('Ascending')).toEqual([undefined, '9', '10', '100'])
    expect(await ranks('Descending')).toEqual(['100', '10', '9', undefined])
  })

  it('and refuses a value that is not of the type', async () => {
    const [id = ''] = itemIds((await client.call(findItem({}))).body)
    expect(responseCodes((await client.call(setRank(id, 'high'))).body)).toEqual([
      'ErrorInvalidExtendedPropertyValue',
    ])
  })
})
