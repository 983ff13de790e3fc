import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseMessage } from '../../mail/parse-message.ts'
import { readReply } from '../read-reply.ts'
import type { ReadContext, ReplyReading } from '../reading.ts'
import { splitLines } from '../text-lines.ts'
import { judgeFooter } from './judge-footer.ts'
import { lastLines } from './last-lines.ts'

const context: ReadContext = {
  questions: [
    {
      id: 'Q1',
      choices: [
        { result: 'YES', keywords: ['Yes'] },
        { result: 'NO', keywords: ['No'] },
      ],
    },
  ],
  locale: 'en',
  brackets: '[]',
  sentText: null,
  learnedFooters: [],
}

const empty = await parseMessage({
  providerId: '1',
  folder: 'inbox',
  receivedAt: new Date(0),
  raw: Buffer.from('From: Nadia Roy <nadia.roy@contoso.example>\r\n\r\n'),
  originalOctets: true,
  transportHeaders: null,
  itemClass: null,
})

function read(text: string, learnedFooters: string[] = []): ReplyReading {
  return readReply({ ...empty, text }, { ...context, learnedFooters })
}

const address = 'Contoso Ltd, Market Street 12, Springfield'
const slogan = 'Contoso: yes to quality'

describe('learned footers', () => {
  test.each([
    ['below the answer', `Yes\n\n${address}`, ''],
    ['several, in any order', `Yes\n\n${slogan}\n${address}`, ''],
    ['wrapped', 'Yes\n\nContoso Ltd, Market Street\n12, Springfield', ''],
    ['glued into one line', `Yes\n\n${address} ${slogan}`, ''],
    ['above a device line and a quote', `Yes\n\n${address}\n\nSent from my iPhone\n\n> old`, ''],
    ['below a comment', `Yes\n\nBefore the 15th.\n\n${address}`, 'Before the 15th.'],
    ['folded', `Yes\n\nCONTOSO LTD market street 12 – Springfield.`, ''],
    [
      'not above what somebody says',
      `Yes\n\n${address}\n\nBefore the 15th.`,
      `${address}\n\nBefore the 15th.`,
    ],
    ['not within it', `Yes\n\nSend it to ${address}`, `Send it to ${address}`],
    ['not a part of one', 'Yes\n\nMarket Street 12, Springfield', 'Market Street 12, Springfield'],
  ])('%s', (_, text, comment) => {
    expect(read(text, [address, slogan])).toMatchObject({ answers: { Q1: 'YES' }, comment })
  })

  test('make no answer in a language that is read plainly unclear, and the trace names them', () => {
    const text = `Kyllä\n\n${address}`
    expect(read(text)).toMatchObject({ kind: 'unclear' })
    const reading = read(text, [address])
    expect(reading).toMatchObject({ answers: { Q1: 'YES' } })
    expect(reading.trace.at(-1)).toMatchObject({ region: 'disclaimer', rule: 'learned-footer' })
  })

  test('above a doubt hide nothing of it', () => {
    const only = 'Contoso, only the best since 1987'
    expect(read(`Yes\n\n${only}`, [only])).toMatchObject({ answers: { Q1: 'YES' } })
    expect(read(`Yes\nonly the small ones\n\n${only}`, [only])).toMatchObject({ kind: 'unclear' })
    expect(read(`${only}\n\nYes\n\nbut not before March`, [only])).toMatchObject({ kind: 'unclear' })
  })

  test.each(['but only if under 500', 'No', 'not yet', 'sous réserve', 'HELP', 'Approved', 'until Monday'])(
    'that are answers or doubts count for nothing: %s',
    (line) => {
      expect(read(`Yes\n\n${line}`, [line])).toEqual(read(`Yes\n\n${line}`))
      expect(read(line, [line])).toEqual(read(line))
    },
  )
})

const said = fc.constantFrom(
  'Yes',
  'No',
  'Kyllä',
  'Oui merci',
  'OK',
  'Hello',
  'but not all',
  'only ten',
  'if',
  '?',
  '',
)
const footer = fc.constantFrom(
  ...[address, slogan, 'Springfield', 'only the best', 'www.contoso.example', 'Contoso and friends'],
  ...['no', 'but', 'Call us on 12 34', 'under 500', 'Yes', 'Regards', 'Nadia', '-- ', '> old', ''],
)
const lines = (line: fc.Arbitrary<string>) => fc.array(line, { maxLength: 5 })
const isDoubt = ({ reason }: ReplyReading) =>
  reason !== null && ['negated', 'conditional', 'question', 'contradictory', 'future'].includes(reason)

describe('for any text and any footers', () => {
  test('what was harmless changes no answer and hides no doubt', () => {
    const harmless = lines(footer).map((all) =>
      all.filter((line) => splitLines(line).every((one) => judgeFooter(one, context) === 'harmless')),
    )
    fc.assert(
      fc.property(lines(said), lines(footer), harmless, (words, below, footers) => {
        const text = [...words, '', ...below].join('\n')
        const [without, taken] = [read(text), read(text, footers)]
        if (without.kind === 'answers') expect(taken.answers).toEqual(without.answers)
        if (isDoubt(without)) expect([taken.kind, taken.reason]).toEqual([without.kind, without.reason])
        expect(taken.confirm).toBe(without.confirm)
      }),
      { numRuns: 1_000 },
    )
  })

  test('whatever was taught, the reading is that of the text without its last lines', () => {
    fc.assert(
      fc.property(lines(said), lines(footer), lines(footer), (words, below, footers) => {
        const text = [...words, '', ...below].join('\n')
        const taken = read(text, footers)
        const first = taken.trace.find(({ rule }) => rule === 'learned-footer')
        if (first === undefined) return
        const rest = taken.trace.filter(({ from }) => from >= first.from)
        expect(rest.every(({ region }) => !['answer', 'comment'].includes(region))).toBe(true)
        const { kind, answers, comment } = read(text.slice(0, first.from))
        expect({ kind, answers, comment }).toEqual({
          kind: taken.kind,
          answers: taken.answers,
          comment: taken.comment,
        })
      }),
      { numRuns: 1_000 },
    )
  })

  test('no answer and no first line is evidence', () => {
    fc.assert(
      fc.property(lines(said), lines(footer), (words, below) => {
        const reading = read([...words, '', ...below].join('\n'))
        const found = lastLines(reading)
        expect(found.length).toBeLessThanOrEqual(6)
        const content = splitLines(reading.text).filter(({ text }) => text.trim() !== '')
        if (found.length > 0) expect(found.length).toBeLessThan(content.length)
      }),
    )
  })
})

test('any number of footers is looked for in time that grows with the text alone', () => {
  const footers = Array.from({ length: 50 }, (_, at) => `${'word '.repeat(100)}${at} end`)
  const reading = read(`Yes\n\n${'word '.repeat(12_000)}end`, footers)
  expect(reading.answers).toEqual({ Q1: 'YES' })
})
