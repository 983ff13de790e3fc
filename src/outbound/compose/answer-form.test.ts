import fc from 'fast-check'
import { expect, test } from 'vitest'
import { translator } from '../../lib/translate.ts'
import { answerForm } from './answer-form.ts'
import { answerLink } from './answer-link.ts'
import type { QuestionFacts } from './mail-model.ts'

function questions(labels: string[]): QuestionFacts[] {
  return labels.map((label, index) => ({
    ...{ id: `Q${index + 1}`, text: '', label: `Q${index + 1} ${label}` },
    ...{ decides: index === 0, answer: { kind: 'text' as const }, requiredFor: [] },
  }))
}

test('names the questions, in the notation of the language', () => {
  const [first, second] = answerForm(
    { brackets: '##', questions: [] },
    questions(['Décision', 'Montant accordé']),
    { Q1: 'Oui' },
    translator('fr'),
  )
  expect([first, second]).toEqual(['Q1 Décision\u00a0: #Oui#', 'Q2 Montant accordé\u00a0: # #'])
})

test('goes by numbers alone where the names would not fit into a link, and always fits then', () => {
  const label = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 36, size: 'max' })
  fc.assert(
    fc.property(fc.array(label, { minLength: 2, maxLength: 10 }), (labels) => {
      const short = labels.map((text) => text.slice(0, 36).toWellFormed())
      const lines = answerForm(
        { brackets: '「」', questions: [] },
        questions(short),
        { Q1: '承'.repeat(60) },
        translator('fr'),
      )
      expect(lines).toHaveLength(short.length)
      const link = answerLink({
        to: `${'a'.repeat(47)}+k3vqy7h2mznf4abc@${'b'.repeat(60)}.contoso.example`,
        subject: '購'.repeat(200),
        tag: '[#424242-7-k3vqy7h2mznf4abc]',
        lines,
      })
      expect(link.length).toBeLessThanOrEqual(1_800)
      expect(link).toContain('k3vqy7h2mznf4abc%5D&body=')
    }),
  )
})
