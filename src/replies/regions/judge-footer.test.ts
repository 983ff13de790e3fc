import { describe, expect, test } from 'vitest'
import { deepLanguages, languages } from '../languages/all-languages.ts'
import type { Question } from '../reading.ts'
import { splitLines } from '../text-lines.ts'
import { judgeFooter } from './judge-footer.ts'

const questions: Question[] = [
  {
    id: 'Q1',
    choices: [
      { result: 'YES', keywords: ['Yes', 'Oui'] },
      { result: 'NO', keywords: ['No', 'Non'] },
      { result: 'MODIFY', keywords: ['Modify'] },
    ],
  },
]

function judge(text: string, asked = questions) {
  const [line] = splitLines(text)
  if (line === undefined) throw new Error('no line')
  return judgeFooter(line, { questions: asked, locale: 'en' })
}

test.each([
  'Contoso Ltd',
  'Contoso SAS au capital de 37 000 euros, RCS Paris B 123 456 789',
  'Fabrikam Oy, Mannerheimintie 12, 00100 Helsinki',
  'Geschäftsführer: Dr. Erika Muster · Amtsgericht München HRB 123456',
  'www.contoso.example | +33 1 23 45 67 89',
  'Visit us at the fair in Lyon, hall 4',
])('%s is harmless', (line) => {
  expect(judge(line)).toBe('harmless')
})

test.each([
  'Litware, only the best for your office since 1987',
  'We never send passwords, and the answer is No',
  'Contoso: yes to quality',
  'Have you seen our new catalogue?',
  'Pour les bureaux de Lyon',
  '10 of them',
  'Please modify your bookmarks: contoso.example',
  'Your fax is cancelled, we are online',
])('%s is doubtful', (line) => {
  expect(judge(line)).toBe('doubtful')
})

test.each(['Yes', 'No', 'OK pour moi', 'Approved, thanks', 'Nope', 'HELP', 'Statut', '👍', '---'])(
  '%s is never a footer',
  (line) => {
    expect(judge(line)).toBe('never')
  },
)

describe('whatever answers one of several questions is never a footer', () => {
  const several: Question[] = [...questions, { id: 'Q2', choices: [{ result: 'A', keywords: ['Paris'] }] }]
  test.each(['Q2: Paris', '2) Paris', 'Amount = 500', 'Paris', 'Supplier: Litware'])('%s', (line) => {
    expect(judge(line, several)).toBe('never')
  })
})

describe('a line that begins with a doubt is never a footer', () => {
  const doubts = languages.flatMap((language) =>
    'doubts' in language
      ? language.doubts
      : [...language.negations, ...language.conditions, ...language.limits, ...language.retractions],
  )
  test.each(doubts)('%s', (doubt) => {
    expect(judge(`${doubt} 500 Contoso`)).toBe('never')
    expect(judge(`Contoso ${doubt}`)).not.toBe('never')
  })
})

describe.each(deepLanguages)(
  'in $locale, a line that holds a condition anywhere is not harmless',
  ({ locale, yes, no, conditions, limits, retractions }) => {
    const choices = [
      { result: 'YES', keywords: yes.slice(0, 1) },
      { result: 'NO', keywords: no.slice(0, 1) },
    ]
    // To those who answer in it: some are ordinary words elsewhere (`moment`, `rest`).
    const context = { questions: [{ id: 'Q1', choices }], locale }
    test.each([...conditions, ...limits, ...retractions])('%s', (doubt) => {
      const [line] = splitLines(`Contoso Paris Lyon ${doubt} Berlin`)
      expect(line && judgeFooter(line, context)).toBe('doubtful')
    })
  },
)
