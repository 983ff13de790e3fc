import { expect, test } from 'vitest'
import { splitLines } from '../text-lines.ts'
import { labelQuote } from './label-quote.ts'
import { markerText } from './marker.ts'

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
  ['original-message', '*----- Original Message -----*\nno'],
  ['original-message', '-------- Preposlaná správa --- Forwarded Message --------\nno'],
  ['original-message', '----- Forwarded Message ----- From: A <a@contoso.example>To: B\nno'],
  ['original-message', '  Original Message  \nFrom: A\nSent: Tuesday\nTo: B\nno'],
  ['header-block', 'Date: Tue, 24 Nov 2026\nTo: B\nFrom: A\nSubject: S\nno'],
  ['header-block', 'Gesendet: 24.11.2026 09:58\nVon: A\nAn: B\nnein'],
  ['header-block', 'Von: A\nGesendet: 24.11.2026\n\n> nein'],
  ['header-block', '_____________\nFrom: a@contoso.example\n\n> no'],
  ['header-block', '----- Words of some client -----\nFrom: A\nSent: Tuesday\nTo: B\nno'],
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
  'To: Lyon\nFrom: Paris\nSubject: nine boxes',
  'Von: Paris\nGesendet: 24.11.2026',
  '----- Original Message ----- only six',
  'Original Message\nonly six',
  '--',
  '________________________________',
  'Original message',
])('%j is no quote', (text) => {
  expect(split(`Yes\n${text}\nlast`).kept).toBe(`Yes\n${text}\nlast`)
})

const aboveQuote = [
  'As Marc wrote on 24 Nov:',
  'Marc via Contoso wrote:',
  'On 24 November 2026 at 9:58 Marc said:',
  '2026/11/24 Marc <marc@contoso.example>',
  'Le 24/11/2026 09:58, Marc nous a dit :',
]

test.each(aboveQuote)('%j is part of a quote only right above one', (line) => {
  expect(split(`Yes\n${line}\n> no`).kept).toBe('Yes')
  expect(split(`Yes\n${line}\nonly half of them`).kept).toBe(`Yes\n${line}\nonly half of them`)
})

test.each([
  'As Marc wrote on 24 Nov, but only half:',
  'On 24 Nov Marc wrote not more than 6:',
  'It comes from 24 places:',
])('%j above a quote is no part of it', (line) => {
  expect(split(`Yes\n${line}\n> no`).kept).toBe(`Yes\n${line}`)
})

test.each([
  'Comme je l’ai écrit le 24/11/2026 à 10:00 :',
  'Le 24/11/2026 à 10:00 j’ai écrit à Marc <marc@contoso.example> :',
  'On 24/11/2026 10:00 I wrote to Marc <marc@contoso.example>:',
  'Am 24.11.2026 um 10:00 schrieb ich an Marc <marc@contoso.example>:',
  'Please write to sales@litware.example before 24.11.2026 10:00 and tell them:',
])('%j is prose', (line) => {
  expect(split(`Yes\n${line}\nonly half of them`).kept).toBe(`Yes\n${line}\nonly half of them`)
})

test.each([
  '-----"Marc" <marc@contoso.example> wrote: -----',
  '---- On Tue, 24 Nov 2026 Marc wrote ----',
  '------On 11/24/2026 9:58 AM, Marc wrote-----',
  'Marc <marc@contoso.example> schrieb am Di., 24.\nNov. 2026, 09:58:',
  'On Tue, Nov 24, 2026 at 9:58 AM Marc\n\n<\nmailto:marc@contoso.example\n>\n\nwrote:',
])('%j is known by its shape', (lines) => {
  expect(split(`Yes\n${lines}\nonly half of them`).kept).toBe('Yes')
})

test('what stands below copied lines of ours and is not ours is new', () => {
  const copied = 'Marc Lemieux asks for your approval\nYES'
  expect(split(`Yes\n${copied}\nonly six`, sent).kept).toBe('Yes\nonly six')
  expect(split(`Yes\n${copied}\nTo answer in writing, put one\nof these words`, sent).kept).toBe('Yes')
  expect(split(`Yes\n${copied}\n\nOn Tue, 24 Nov 2026 A <a@contoso.example> wrote:\nno`, sent).kept).toBe(
    'Yes',
  )
})

test.each([
  'On Tue, Nov 24, 2026 at 9:58 AM, a@contoso.example wrote:',
  '--- On Tue, Nov 24, 2026 at 9:58 AM, a@contoso.example wrote:',
  'Le mar. 24 nov. 2026 à 09:58, A <a@contoso.example> a écrit :',
  'On Tue, Nov 24, 2026 at 9:58 AM A\n<a@contoso.example> wrote:',
  '-----Original message----- From: A Sent: Tuesday',
  '##- Please type your answer above this line -##',
])('an answer in the line of a quote: %s', (quote) => {
  expect(split(`Yes, but only six ${quote}\nno`).kept).toBe('Yes, but only six')
})

test.each(['Yes, On is the brand', 'Yes --- On balance it was cheap:', 'Yes -----\nOriginal message'])(
  'no quote begins in %j',
  (text) => {
    expect(split(`${text}\nlast`).kept).toBe(`${text}\nlast`)
  },
)

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

test('initials before a quote mark are part of it, and dashes below a quote are new', () => {
  const attribution = 'Tuesday, November 24, 2026, 9:58:00 AM, you wrote:'
  const line = 'To answer in writing, put one of these words on the first line: YES, NO.'
  expect(split(`${attribution}\nA> ${line}\n\nNo`, sent).kept).toBe('No')
  expect(split(`${attribution}\n> ${line}\n\nNo\n\n-- \nNadia`, sent).kept).toBe('No\n-- \nNadia')
  expect(split('YES>no\nOK, A> B', sent).kept).toBe('YES>no\nOK, A> B')
})

test('the marker is recognised in every language, and a line that only resembles it is not', () => {
  for (const locale of ['en', 'fr', 'sv']) {
    expect(split(`Yes\n${markerText(locale)}\nno`)).toEqual({ kept: 'Yes', rules: new Set(['marker']) })
  }
  expect(split('Yes\nPlease type your answer').kept).toBe('Yes\nPlease type your answer')
})
