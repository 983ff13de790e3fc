import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MailHeader, ParsedMessage } from '../mail/message.ts'
import { answerPhraseAt, answerWords } from './answers/answer-words.ts'
import { readReply } from './read-reply.ts'
import type { Question, ReadContext } from './reading.ts'
import { markerText } from './regions/marker.ts'
import { wordsOf } from './words.ts'

const sentText = readFileSync(
  new URL('../../test/fixtures/replies/sent/approval-en.txt', import.meta.url),
).toString()

const question: Question = {
  id: 'Q1',
  choices: [
    { result: 'YES', keywords: ['Yes'] },
    { result: 'NO', keywords: ['No'] },
  ],
}

const context: ReadContext = {
  questions: [question],
  locale: 'en',
  brackets: '[]',
  sentText,
  learnedFooters: [],
}

const second: Question = {
  id: 'Q2',
  choices: [
    { result: 'STANDARD', keywords: ['Standard'] },
    { result: 'EXPRESS', keywords: ['Express'] },
  ],
}

const twoQuestions: ReadContext = { ...context, questions: [question, second] }

function message(parts: Partial<ParsedMessage>): ParsedMessage {
  return {
    messageId: '<r1@contoso.example>',
    inReplyTo: null,
    references: [],
    from: [{ name: 'Nadia Roy', address: 'nadia.roy@contoso.example' }],
    sender: null,
    replyTo: [],
    to: [],
    subject: 'RE: Purchase of 12 monitors',
    date: new Date('2026-11-24T09:00:00Z'),
    headers: [],
    text: null,
    html: null,
    isCut: false,
    obstacle: null,
    attachments: [],
    itemClass: null,
    deliveryReport: null,
    ...parts,
  }
}

function read(text: string, given: ReadContext = context) {
  return readReply(message({ text }), given)
}

test.each([
  ['Yes for the 12 monitors', 'YES', null],
  ['Yes for the 14 monitors', undefined, 'conditional'],
])('a number in the answer is the one that was asked for: %s', (text, answer, reason) => {
  const reading = readReply(message({ text }), context)
  expect([reading.answers.Q1, reading.reason]).toEqual([answer, reason])
})

describe('comments', () => {
  test.each([
    ['Yes\n\nFirst.\n\n\nSecond.\n\nThanks\nNadia', 'First.\n\n\nSecond.'],
    ['Approved, alpha\nbeta', 'alpha\nbeta'],
    ['Approved, alpha\n\nbeta', 'alpha\n\nbeta'],
    ['Hello,\n\nYes\n\nBest regards', ''],
    ['Yes\n\nNadia Roy\nContoso\n+33 1 00 00 00 00', ''],
    ['Yes\n\n-- \nNadia\nNot a word of this', ''],
    ['Yes\n\nRegards\nNadia\n\nPS: invoice to Lyon', 'PS: invoice to Lyon'],
    [
      `Yes\n\nBest regards\n${'A line of a letter.\n'.repeat(20)}`,
      `Best regards\n${'A line of a letter.\n'.repeat(20)}`.trim(),
    ],
    ['Yes\n\n  indented\n    more', 'indented\n    more'],
  ])('%j: %j', (text, comment) => {
    expect(read(text)).toMatchObject({ kind: 'answers', answers: { Q1: 'YES' }, comment })
  })
})

describe('an answer to a part or an amount is none', () => {
  test.each([
    'Approved - for the laptops',
    'Approuvé, pour les écrans',
    'Approved, 10 of them',
    'Oui, la moitié',
    'Oui, à hauteur de 500',
    'Approved, at most 3',
  ])('%s', (text) => {
    expect(read(text)).toMatchObject({ kind: 'unclear', reason: 'conditional', answers: {} })
  })

  test.each(['Yes, for me', 'Oui pour moi, merci'])('but %s is', (text) => {
    expect(read(text)).toMatchObject({ kind: 'answers', answers: { Q1: 'YES' } })
  })
})

describe('what follows an answer may take it back', () => {
  test.each([
    ['Yes\nNo', 'contradictory'],
    ['Yes\n\nfine\n\nNo', 'contradictory'],
    ['Yes\nNo, wait', 'contradictory'],
    ['Yes\n\nRegards\nNadia\nNo', 'contradictory'],
    ['Yes\nbut only if it is under 500', 'conditional'],
    ['Yes\n\nThe price is good if they deliver in May.', 'conditional'],
    ['Oui\nsauf les câbles', 'conditional'],
    ['Yes\nnot this year', 'negated'],
    ['Oui\nJe n’approuve pas le transport', 'negated'],
    ['Yes\nI will approve the rest', 'future'],
    ['Yes\nSorry, I meant no', 'contradictory'],
    ['Yes\nCables: no', 'contradictory'],
    ['Yes\nThe cables are refused', 'contradictory'],
    ['Oui\nEn fait, attendez', 'contradictory'],
    ['Yes\nScratch that', 'contradictory'],
    ['Yes\nPlease wait for my call', 'conditional'],
    ['OK\nI am looking into it', 'future'],
    ['Yes\nup to 500', 'conditional'],
    ['Oui\nMaximum 500 €', 'conditional'],
    ['Yes\nDo not order', 'negated'],
    ['Oui\nMerci de ne rien commander', 'contradictory'],
    ['Yes\nthis one is too expensive, so reject it', 'contradictory'],
    ['Yes\n\nAfter reading it again I must reject it.', 'contradictory'],
    ['Oui\nC’est trop cher, donc je refuse cette offre', 'contradictory'],
    ['Oui\n\nBonjour,\nMerci pour le devis.\nJe regarde.\nFinalement je refuse.', 'contradictory'],
    ['Yes\na\nb\nc\nActually, rejected. Do not order.', 'contradictory'],
    ['Yes\na\nb\nc\nPlease do not order', 'contradictory'],
    ['Yes\n?', 'question'],
    ['Yes\na\nb\nc\n??', 'question'],
    ['Yes\nDo you have the second quote?', 'question'],
    ['Oui\nquel est le prix', 'question'],
    ['Oui\nen attente du devis', 'conditional'],
    ['Yes\nin case the budget is confirmed', 'conditional'],
    ['Yes\n\nPlease cancel the order', 'contradictory'],
    ['Yes\nStop the order', 'contradictory'],
    ['Yes\nrejecting this', 'contradictory'],
    ['Oui\n\nIl faudrait modifier le montant', 'conditional'],
    ['Oui\n\nMarc doit valider aussi', 'conditional'],
    ['Yes\nwhen the budget is confirmed', 'conditional'],
    ['Oui\npour 10 écrans', 'conditional'],
    ['Oui\nle montant n’est pas bon', 'negated'],
    ['Yes\n\nTwelve laptops, not ten', 'negated'],
    ['Yes,\n\nI received your mail and will look at it on Monday', 'future'],
    ['Oui\n\nJe vérifie et je reviens vers vous.', 'future'],
    ['No\nI have no objection, please proceed.', 'contradictory'],
    ['Non\nc’est bon pour moi', 'contradictory'],
  ])('%j: %s', (text, reason) => {
    expect(read(text)).toMatchObject({ kind: 'unclear', reason, answers: {} })
  })

  test.each([
    ['No\nThis exceeds the approved budget', 'NO'],
    ['Yes\nOf course there is no hurry', 'YES'],
    ['OK\nLitware is a good supplier', 'YES'],
    ['Oui\n\nLivraison avant le 15, merci.', 'YES'],
    ['Yes\n\nPlease do not hesitate to call me.', 'YES'],
    ['Oui\nN’hésitez pas à me contacter.', 'YES'],
    ['Oui\nPas de souci', 'YES'],
    ['Oui\nJ’ai vérifié le devis avec Marc', 'YES'],
    ['Yes\nI look forward to it', 'YES'],
    ['Yes\n\nI will order it myself.', 'YES'],
    ['No\nPlease cancel the order', 'NO'],
    ['Non\nMerci d’annuler la commande', 'NO'],
  ])('%j: %s', (text, result) => {
    expect(read(text).answers).toEqual({ Q1: result })
  })

  test('a long letter may use small words far below its answer', () => {
    const letter = 'One.\nTwo.\nThree.\nIf you need me, call; I do not mind.'
    expect(read(`Yes\n\n${letter}`)).toMatchObject({ answers: { Q1: 'YES' }, comment: letter })
  })
})

describe('several questions', () => {
  test.each([
    ['Q1: [Yes]\nQ2: [Express]', { Q1: 'YES', Q2: 'EXPRESS' }, [], []],
    ['q1 = yes\nq2: express please', { Q1: 'YES', Q2: 'EXPRESS' }, [], []],
    ['1. no\n2) standard', { Q1: 'NO', Q2: 'STANDARD' }, [], []],
    ['Q2: Standard', { Q2: 'STANDARD' }, ['Q1'], []],
    ['Q1: []\nQ2: Standard', { Q2: 'STANDARD' }, ['Q1'], []],
    ['Q1: [perhaps]\nQ2: Standard', { Q2: 'STANDARD' }, [], ['Q1']],
    ['Q1: yes\nQ1: no\nQ2: Standard', { Q2: 'STANDARD' }, [], ['Q1']],
    ['Q1: yes\nQ1: no\nQ1: yes\nQ2: Standard', { Q2: 'STANDARD' }, [], ['Q1']],
    ['Q1: yes\nQ9: yes\nQ2: Standard', { Q1: 'YES', Q2: 'STANDARD' }, [], []],
  ])('%j', (text, answers, missing, invalid) => {
    expect(read(text, twoQuestions)).toMatchObject({ kind: 'answers', missing, invalid })
    expect(read(text, twoQuestions).answers).toEqual(answers)
  })

  test.each([
    ['Approved for the 12 monitors', { Q1: 'YES' }],
    // Our mail holds these too, in a date and in the number of the request.
    ['Approved for the 15 monitors', {}],
    ['Approved for the 42 monitors', {}],
  ])('a figure in the answer is that of the request: %j', (text, answers) => {
    expect(read(text).answers).toEqual(answers)
  })

  test('other brackets', () => {
    const hashes = { ...twoQuestions, brackets: '##' }
    expect(read('Q1: #yes# urgent\nQ2: #Express#', hashes)).toMatchObject({
      answers: { Q1: 'YES', Q2: 'EXPRESS' },
      details: { Q1: { comment: 'urgent' } },
    })
    const clefs = { ...twoQuestions, brackets: '𝄞𝄢' }
    expect(read('Q1: 𝄞yes𝄢 urgent\nQ2: 𝄞Express𝄢', clefs)).toMatchObject({
      answers: { Q1: 'YES', Q2: 'EXPRESS' },
      details: { Q1: { comment: 'urgent' } },
    })
    const letters = { ...twoQuestions, brackets: '$$' }
    expect(read('Q1: $yes$\nQ2: $Express$', letters).answers).toEqual({ Q1: 'YES', Q2: 'EXPRESS' })
  })

  test('an answer that names no question decides none', () => {
    expect(read('yes', twoQuestions)).toMatchObject({ kind: 'unclear', missing: ['Q1', 'Q2'] })
  })
})

describe('automatic mail', () => {
  const header = (name: string, value: string): MailHeader => ({ name, value })

  test.each([
    ['IPM.Note.Rules.OofTemplate.Microsoft', 'out-of-office'],
    ['IPM.Note.Rules.ReplyTemplate.Microsoft', 'auto-reply'],
    ['REPORT.IPM.Note.IPNRN', 'read-receipt'],
    ['REPORT.IPM.Note.IPNNRN', 'read-receipt'],
    ['REPORT.IPM.Note.DR', 'delivery-notice'],
    ['IPM.Schedule.Meeting.Resp.Pos', 'calendar'],
    ['IPM.Outlook.Recall', 'auto-reply'],
  ])('item class %s: %s', (itemClass, subtype) => {
    expect(readReply(message({ text: 'Yes', itemClass }), context)).toMatchObject({
      kind: 'automatic',
      automatic: { subtype },
    })
  })

  test.each([
    ['auto-submitted', 'auto-replied'],
    ['auto-submitted', 'Auto-Generated; owner=x'],
    ['precedence', 'auto_reply'],
    ['precedence', 'bulk'],
    ['list-id', '<all.contoso.example>'],
    ['return-path', '<>'],
    ['x-autoreply', 'yes'],
    ['x-autorespond', ''],
    ['x-fc-machinegenerated', 'true'],
    ['x-ms-exchange-inbox-rules-loop', 'a@contoso.example'],
    ['content-type', 'multipart/report; report-type="disposition-notification"'],
    ['content-type', 'multipart/report; report-type=other'],
  ])('%s: %s', (name, value) => {
    expect(readReply(message({ text: 'Yes', headers: [header(name, value)] }), context).kind).toBe(
      'automatic',
    )
  })

  test.each([
    ['x-auto-response-suppress', 'All'],
    ['auto-submitted', 'no'],
    ['precedence', 'first-class'],
    ['return-path', '<nadia.roy@contoso.example>'],
    ['list-unsubscribe', '<mailto:x@contoso.example>'],
  ])('%s: %s is no sign', (name, value) => {
    expect(readReply(message({ text: 'Yes', headers: [header(name, value)] }), context).answers).toEqual({
      Q1: 'YES',
    })
  })

  test('a reply to an automatic reply is a reply', () => {
    expect(readReply(message({ text: 'Yes', subject: 'RE: Automatic reply: x' }), context).kind).toBe(
      'answers',
    )
    expect(readReply(message({ text: 'Yes', subject: 'Automatic reply: x' }), context).kind).toBe('automatic')
  })

  test('only a failure is a bounce', () => {
    const report = {
      action: 'failed',
      status: '5.1.1',
      recipient: null,
      diagnostic: null,
      originalMessageId: '<o@contoso.example>',
      returned: null,
    }
    expect(readReply(message({ text: 'Yes', deliveryReport: report }), context)).toMatchObject({
      kind: 'bounce',
      bounce: { messageId: '<o@contoso.example>', status: '5.1.1' },
    })
    for (const action of ['delayed', 'delivered', 'relayed', 'expanded']) {
      expect(
        readReply(message({ text: 'Yes', deliveryReport: { ...report, action } }), context),
      ).toMatchObject({
        kind: 'automatic',
        automatic: { subtype: 'delivery-notice' },
        bounce: null,
      })
    }
    const ndr = message({ itemClass: 'REPORT.IPM.Note.NDR', references: ['<o@contoso.example>'] })
    expect(readReply(ndr, context).bounce).toEqual({
      messageId: '<o@contoso.example>',
      status: null,
      diagnostic: null,
    })
  })
})

describe('parts', () => {
  test.each([
    ['Yes', '<p>Yes</p>', 'answers'],
    ['Yes', '<p>No</p>', 'unclear'],
    ['Yes', '<p></p>', 'unclear'],
    ['This message needs HTML.', '<p>Yes</p>', 'unclear'],
    [' \n', '<p>Yes</p>', 'answers'],
    ['Yes', '<p>Yes</p><p>but only if cheap</p>', 'unclear'],
    ['Yes', '<p>Yes</p><p style="display:none">No</p>', 'unclear'],
    ['Yes', '<p>Yes</p><p style="display:none">preview of the mail</p>', 'answers'],
    [null, '<p><s>Yes</s></p>', 'unclear'],
    [null, '<p style="color:white">Yes</p>', 'unclear'],
  ])('%j and %j: %s', (text, html, kind) => {
    expect(readReply(message({ text, html }), context).kind).toBe(kind)
  })
})

describe('bounds', () => {
  test('a text too long to be read whole decides nothing', () => {
    expect(read(`Yes\n${'x\n'.repeat(2_000)}`)).toMatchObject({ kind: 'unclear', reason: 'too-large' })
    expect(read(`Yes\n${'x '.repeat(40_000)}`)).toMatchObject({ kind: 'unclear', reason: 'too-large' })
  })

  test('a long quote does not matter', () => {
    expect(read(`Yes\n\n${'> x\n'.repeat(20_000)}`).answers).toEqual({ Q1: 'YES' })
    const html = `<p>Yes</p><blockquote>${'<p>x</p>'.repeat(40_000)}</blockquote>`
    expect(readReply(message({ html }), context).answers).toEqual({ Q1: 'YES' })
  })
})

test('learned footers and no questions', () => {
  const footer = 'Contoso: yes to quality'
  expect(read(`Yes\n\n${footer}`, { ...context, learnedFooters: [footer] }).comment).toBe('')
  expect(read('Yes', { ...context, questions: [] })).toMatchObject({ kind: 'unclear', missing: [] })
})

describe('for any input', () => {
  const fragment = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom('Yes', 'No', 'oui', 'not', 'but', 'if', '👍', 'aprove', '?', ',', '.'),
    },
    {
      weight: 4,
      arbitrary: fc.constantFrom('\n', '\n\n', ' ', '> ', 'Q1: ', '[', ']', '-- \n', 'Regards\n', 'PS '),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        'On 1 Nov A <a@contoso.example> wrote:\n',
        'From: A\nSent: B\nTo: C\n',
        `${markerText('en')}\n`,
        'Sent from my iPhone\n',
        'CAUTION: external email\n',
        'Nadia Roy\n',
        '<p>',
        '<s>',
        '<blockquote>',
        '&nbsp;',
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  )
  const anyText = fc.array(fragment, { maxLength: 24 }).map((parts) => parts.join(''))
  const anyContext = fc.constantFrom(context, twoQuestions, { ...context, sentText: null, locale: 'fr' })

  test('the reading is whole: nothing throws, and the trace covers the text without overlap', () => {
    fc.assert(
      fc.property(
        fc.option(anyText),
        fc.option(anyText),
        anyText,
        fc.array(fc.record({ name: fc.string(), value: fc.string() })),
        anyContext,
        (text, html, subject, headers, given) => {
          const reading = readReply(message({ text, html, subject, headers }), given)
          let end = 0
          for (const { from, to } of reading.trace) {
            expect(from).toBe(end)
            expect(to).toBeGreaterThan(from)
            end = to
          }
          expect(end).toBe(reading.text.length)
          if (reading.kind !== 'empty') expect(reading.reason !== null).toBe(reading.kind === 'unclear')
          expect(Object.keys(reading.answers).length > 0).toBe(reading.kind === 'answers')
        },
      ),
      { numRuns: 3_000 },
    )
  })

  test('a text without any answer word answers nothing', () => {
    const answers = answerWords(question, 'en')
    fc.assert(
      fc.property(anyText, (text) => {
        // A line that lost its end is read as two: `YesSent from my iPhone`.
        const parted = text.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
        const words = wordsOf(parted)
        const holdsAnswer = words.some((_, at) => answerPhraseAt(words, at, answers) !== null)
        const reading = read(text)
        if (!holdsAnswer) expect(reading.confirm ?? reading.kind).not.toBe('answers')
      }),
      { numRuns: 3_000 },
    )
  })

  test('our own mail quoted below changes no answer', () => {
    const prefixed = sentText.replaceAll(/^/gm, '> ')
    const quotes = fc.constantFrom(
      sentText,
      prefixed,
      `On Tue, 24 Nov 2026 at 9:58 Approvals <a@contoso.example> wrote:\n${prefixed}`,
      `On Tue, 24 Nov 2026 at 9:58 Approvals <a@contoso.example>\nwrote:\n\n${sentText}`,
      `________________________________\nFrom: Approvals\nSent: Tuesday\nTo: Nadia\nSubject: S\n\n${sentText}`,
      `De : Approvals\nEnvoyé : mardi\nÀ : Nadia\nObjet : S\n\n${sentText}`,
    )
    fc.assert(
      fc.property(anyText, quotes, anyContext, (text, quote, given) => {
        // A last line that may introduce a quote does so only above one.
        const last = text.split('\n').findLast((line) => /[\p{L}\p{N}]/u.test(line)) ?? ''
        fc.pre(!/[:：][^\p{L}\p{N}]*$|^\W*(?:\p{L}+\W+)?\d/u.test(last))
        const alone = read(`${text}\n\n`, given)
        const above = read(`${text}\n\n${quote}`, given)
        // What the quote proves may turn text below a `>` line from quote to new text, never an answer into another.
        if (alone.kind === 'answers')
          expect([above.answers, above.comment]).toEqual([alone.answers, alone.comment])
        else expect(above.answers).toEqual({})
      }),
      { numRuns: 3_000 },
    )
  })
})

/**
 * Hostile inputs, grown fourfold: a quadratic step would cost sixteen times as much. The bound lies between, and the
 * best of several runs counts, so that a busy machine does not fail it.
 */
describe('time grows with the length', () => {
  const hostile: [name: string, unit: string][] = [
    ['answers', 'yes, '],
    ['spaces', ' '],
    ['quote marks', '>'],
    ['quoted lines', '> \n'],
    ['attributions begun', 'On 1\n'],
    ['attributions ended', 'wrote:\n'],
    ['header labels', 'From: '],
    ['header lines', 'From: \n'],
    ['marker begun', '##- Please type your answer above this '],
    ['entities', '&nbsp;'],
    ['ampersands', '&'],
    ['accents', 'é '],
    ['combining marks', '\u0301'],
    ['ligatures', '\ufdfa '],
    ['emoji', '👍 '],
    ['questions', 'Q1: yes\n'],
    ['closings', 'Best regards\n'],
    ['names', 'Nadia\n'],
    ['disclaimers', 'this email and any\n'],
    ['carriage returns', '\r'],
    ['nested elements', '<div>'],
    ['nested quotes', '<blockquote>a<br>'],
    ['elements never opened', '<b></x>'],
    ['paragraphs', '<p>a'],
    ['brackets', '<'],
    ['attributes', '<a '],
    ['styles', '<p style="color:white">'],
  ]

  test.each(hostile)('%s', (_, unit) => {
    const costs = [16 * 1024, 64 * 1024].map((length) => {
      const text = unit.repeat(Math.ceil(length / unit.length)).slice(0, length)
      return Math.min(
        ...Array.from({ length: 3 }, () => costOf(message({ text, html: text, subject: text }))),
      )
    })
    const [small = 0, large = 0] = costs
    // Below this many milliseconds the clock, not the growth, is measured.
    expect(large).toBeLessThan(10 * Math.max(small, 5))
  })

  function costOf(given: ParsedMessage): number {
    const start = process.cpuUsage()
    readReply(given, context)
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1_000
  }
})
