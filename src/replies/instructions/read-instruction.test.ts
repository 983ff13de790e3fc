import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ParsedMessage } from '../../mail/message.ts'
import { deepLanguages } from '../languages/all-languages.ts'
import { readReply } from '../read-reply.ts'
import type { ReplyReading } from '../reading.ts'

function read(text: string, locale = 'en', signature = '', html: string | null = null): ReplyReading {
  const message = {
    from: [{ name: 'Élodie Gagnon', address: 'elodie.gagnon@contoso.example' }],
    references: [],
    subject: 'RE: Purchase',
    date: new Date('2026-11-24T09:31:00Z'),
    text: `${text}${signature}`,
    html,
    headers: [],
    attachments: [],
    deliveryReport: null,
    itemClass: null,
  } as unknown as ParsedMessage
  const choices = [
    { result: 'YES', keywords: ['Yes', 'Oui'] },
    { result: 'NO', keywords: ['No', 'Non'] },
  ]
  const questions = [{ id: 'Q1', choices }]
  return readReply(message, { questions, locale, brackets: '[]', sentText: null, learnedFooters: [] })
}

const delegated = (to: string | null, until: string | null = null) => ({
  kind: 'instruction',
  answers: {},
  instruction: { name: 'DELEGATE', to, until },
})

describe.each(deepLanguages)(
  'in $locale',
  ({ locale, instructions, delegation, yes, no, pleases, thanks }) => {
    test('each word of each instruction is one, with courtesy around it', () => {
      for (const name of ['HELP', 'STATUS'] as const) {
        for (const word of instructions[name]) {
          for (const text of [
            word,
            word.toUpperCase(),
            `${word}, ${pleases[0]}`,
            `${word}.\n\n${thanks[0]}`,
          ]) {
            expect(read(text, locale), text).toMatchObject({ kind: 'instruction', instruction: { name } })
          }
        }
      }
      for (const word of instructions.COMMENT) {
        for (const text of [`${word}: 12 to 15`, `${word.toUpperCase()}\n\n12 to 15`]) {
          expect(read(text, locale), text).toMatchObject({
            kind: 'comment',
            comment: '12 to 15',
            answers: {},
          })
        }
      }
    })

    const delegations = instructions.DELEGATE.flatMap((word) =>
      delegation.to.map((to) => `${word} ${to} Nadia Roy`),
    )

    test('each way to delegate names the person', () => {
      for (const text of delegations) expect(read(text, locale), text).toMatchObject(delegated('Nadia Roy'))
      for (const word of instructions.DELEGATE) {
        for (const text of [`${word} nadia@contoso.example`, `${word}: nadia@contoso.example.`]) {
          expect(read(text, locale), text).toMatchObject(delegated('nadia@contoso.example'))
        }
        expect(read(word, locale), word).toMatchObject(delegated(null))
      }
    })

    test('each way to name the last day', () => {
      for (const until of delegation.until) {
        const text = `${instructions.DELEGATE[0]} ${delegation.to[0]} Nadia Roy ${until} 2026-12-05`
        expect(read(text, locale), text).toMatchObject(delegated('Nadia Roy', '2026-12-05'))
      }
    })

    test('beside or below an answer it undoes that', () => {
      for (const answer of [yes[0], no[0]]) {
        for (const text of delegations) {
          for (const both of [`${answer}, ${text}`, `${answer}\n\n${text}`, `${text}\n${answer}`]) {
            expect(read(both, locale), both).toMatchObject({
              kind: 'unclear',
              answers: {},
              instruction: null,
            })
          }
        }
      }
    })
  },
)

test.each([
  ['Delegate it, please, to Nadia Roy.', delegated('Nadia Roy')],
  ['Delegate the purchase to Nadia Roy', delegated('Nadia Roy')],
  ['Delegate to Dr. Nadia B. Roy', delegated('Nadia B. Roy')],
  ['Delegate to Anne-Marie O’Neill', delegated('Anne-Marie O’Neill')],
  ['Delegate to "Nadia Roy" (Finance)', { ...delegated('Nadia Roy'), comment: '(Finance)' }],
  ['Delegate to Nadia Roy until Friday', delegated('Nadia Roy', 'Friday')],
  ['Delegate until 5 December', delegated(null, '2026-12-05')],
  [
    'Delegate to nadia@contoso.example or thomas@contoso.example',
    delegated('nadia@contoso.example or thomas@contoso.example'),
  ],
  ['Delegate to Nadia and Thomas', delegated('Nadia and Thomas')],
  [
    'Delegate to Nadia Roy <nadia@contoso.example> until 3/4/2026',
    delegated('nadia@contoso.example', '3/4/2026'),
  ],
])('%s', (text, expected) => {
  expect(read(text)).toMatchObject(expected)
})

test.each([
  ['Delegate to nadia@contoso.example, not to Thomas', 'negated'],
  ['Delegate to nadia@contoso.example tomorrow', 'future'],
  ['Delegate to nadia@contoso.example\nIf she agrees', 'conditional'],
  ['Delegate to nadia@contoso.example\n\nDelegate to thomas@contoso.example', 'contradictory'],
  ['Delegate to nadia@contoso.example\n\nScratch that.', 'contradictory'],
])('%s: %s', (text, reason) => {
  expect(read(text)).toMatchObject({ kind: 'unclear', reason, instruction: null })
})

test('the words that hand an answer on are told, with their language', () => {
  const { text, matched } = read('Yes, please delegate it to Nadia Roy')
  const words = matched.map(({ as, from, to }) => [as, text.slice(from, to)])
  expect(words).toEqual([
    ['answer', 'Yes'],
    ['delegation', 'delegate it to'],
  ])
})

test('a link or mention of Outlook names one person in text and HTML', () => {
  const address = 'nadia.roy@contoso.example'
  const bodies = [
    [`Delegate to ${address}<mailto:${address}>`, `Delegate to <a href="mailto:${address}">${address}</a>`],
    [`Delegate to @Nadia Roy<mailto:${address}>`, `Delegate to <a href="mailto:${address}">@Nadia Roy</a>`],
  ]
  const [link, mention] = bodies.map(([text = '', html = '']) => read(text, 'en', '', `<p>${html}</p>`))
  expect(link).toMatchObject(delegated(address))
  expect(mention).toMatchObject(delegated('Nadia Roy'))
})

test('an answer in the signature contradicts a delegation', () => {
  expect(read('Delegate to Nadia Roy', 'en', '\n\n-- \nYes')).toMatchObject({ reason: 'contradictory' })
})

test.each([
  ['Yes\n\nPlease delegate the invoices to Paul.', 'YES'],
  ['Yes. Nadia Roy is my delegate for travel.', 'YES'],
  ['Oui\n\nLa délégation de signature est jointe.', 'YES'],
])('what is delegated is something else: %s', (text, result) => {
  expect(read(text).answers).toEqual({ Q1: result })
})

test('no text that delegates decides, whatever stands around it', () => {
  const words = fc.constantFrom(
    'Yes',
    'No',
    'Oui',
    'delegate',
    'it',
    'to',
    'déléguer',
    'à',
    'Nadia',
    ',',
    '.',
    '\n',
    'until',
  )
  fc.assert(
    fc.property(fc.array(words, { maxLength: 12 }), fc.array(words, { maxLength: 12 }), (before, after) => {
      const reading = read([...before, 'delegate it to Nadia Roy', ...after].join(' '))
      expect(reading.answers).toEqual({})
    }),
  )
})
