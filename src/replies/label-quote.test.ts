import { expect, test } from 'vitest'
import { labelQuote } from './label-quote.ts'
import { markerText } from './marker.ts'
import { splitLines } from './text-lines.ts'

const sent = `${markerText('en')}

Marc Lemieux asks for your approval
YES
To answer in writing, put one of these words on the first line: YES, NO.
`

function split(text: string, sentText: string | null = null) {
  const lines = splitLines(text)
  labelQuote(lines, sentText)
  const of = (quoted: boolean) =>
    lines.filter((line) => (line.label !== null) === quoted).map((line) => line.text)
  return {
    kept: of(false).join('\n').trim(),
    rules: new Set(lines.flatMap(({ label }) => label?.rule ?? [])),
  }
}

test.each([
  ['marker', `##- Please type your answer above this line -##\nno`],
  ['marker', '##-\u00a0Please type\u00a0your answer above this line -##\nno'],
  ['marker', '> ##- Please type your answer above this line -##\n> no'],
  ['marker', '> ##- Veuillez écrire votre réponse\n> au-dessus de cette ligne -##\n> non'],
  ['quote-prefix', '> no'],
  ['quote-prefix', '  >>no'],
  ['header-block', 'From: A <a@contoso.example>\nSent: Tuesday\nTo: B\nSubject: S\n\nno'],
  ['header-block', '*From:* A\n*Date:* Tuesday\n*To:* B\n*Subject:* S\nno'],
  ['header-block', '> From: A\n> Sent: Tuesday\n> To: B\n> Subject: S'.replaceAll('> ', '')],
  ['header-block', 'De : A\nEnvoyé : mardi\nÀ : B\nObjet : S\n\nnon'],
  ['header-block', 'De\u00a0: A\nDate\u00a0: mardi\nÀ\u00a0: B\nObjet\u00a0: S\n\nnon'],
  ['header-block', '________________________________\n\nFrom: A\nSent: Tuesday\nTo: B\nno'],
  ['header-block', 'From: A Sent: Tuesday To: B Subject: S no'],
  ['original-message', '-----Original Message-----\nno'],
  ['original-message', "-------- Message d'origine --------\nnon"],
  ['original-message', '---------- Forwarded message ---------\nno'],
  ['original-message', 'Begin forwarded message:\nno'],
  ['attribution', 'On Tue, Nov 24, 2026 at 9:58 AM A <a@contoso.example> wrote:\nno'],
  ['attribution', 'On Tue, Nov 24, 2026 at 9:58 AM Approvals of Contoso\n<a@contoso.example>\nwrote:\nno'],
  ['attribution', 'Le mar. 24 nov. 2026 à 09:58, A <a@contoso.example> a écrit :\nnon'],
  ['attribution', 'Le mar. 24 nov. 2026 à 09:58, A <a@contoso.example> a\nécrit :\nnon'],
  ['attribution', '2026-11-24 9:58 GMT+01:00 A <a@contoso.example>:\nno'.replace('>:', '> wrote:')],
])('%s: %j', (rule, quote) => {
  expect(split(`Yes\n\n${quote}\n`)).toMatchObject({ kept: 'Yes' })
  expect(split(`Yes\n\n${quote}\n`).rules).toContain(rule)
})

test.each([
  'From: the start I liked it.',
  'From the accounts I see:\nSubject: to your view',
  'On Monday we meet.',
  'Marc wrote: he is in favour',
  'De : Marc',
  '--',
  '________________________________',
  'Original message',
])('%j is no quote', (text) => {
  expect(split(`Yes\n${text}\nlast`).kept).toBe(`Yes\n${text}\nlast`)
})

test('prose before an attribution is kept', () => {
  expect(split('On Monday I am away\nOn Tue, 24 Nov 2026 A <a@contoso.example> wrote:\n> no').kept).toBe(
    'On Monday I am away',
  )
})

test('a line of ours without any mark is a quote, with the short lines that stood above it', () => {
  const quoted = `Marc Lemieux asks for your approval\nYES\n\nTo answer in writing, put one of these words on the first line: YES, NO.`
  expect(split(`No\n${quoted}`, sent).kept).toBe('No')
  const withoutHead = quoted.split('\n').slice(1).join('\n')
  expect(split(withoutHead, sent).kept).toBe('')
  expect(split(withoutHead, null).kept).not.toBe('')
})

test('text below a quote is new only where the quoted lines are proven whole', () => {
  const attribution = 'On Tue, 24 Nov 2026 A <a@contoso.example> wrote:'
  const whole = '> To answer in writing, put one of these words on the first line: YES, NO.'
  const wrapped = '> To answer in writing, put one of these words on the first line: YES,\nNO.'
  expect(split(`${attribution}\n${whole}\n\nNo`, sent).kept).toBe('No')
  expect(split(`${attribution}\n${whole}\n\nNo`, null).kept).toBe('')
  expect(split(`${attribution}\n${wrapped}`, sent).kept).toBe('')
})

test('the marker is recognised in every language, and a line that only resembles it is not', () => {
  for (const locale of ['en', 'fr', 'sv']) {
    expect(split(`Yes\n${markerText(locale)}\nno`)).toEqual({ kept: 'Yes', rules: new Set(['marker']) })
  }
  expect(split('Yes\nPlease type your answer').kept).toBe('Yes\nPlease type your answer')
})
