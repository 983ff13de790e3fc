import { expect, test } from 'vitest'
import { wordsOf } from '../words.ts'
import { findLocalDoubt } from './find-local-doubt.ts'

const isDoubtful = (text: string, spoken: string[]) => findLocalDoubt(wordsOf(text), spoken) !== null

test.each([
  // An article below a Portuguese answer; Spanish and Italian for *or*.
  ['O orçamento acabou', ['pt'], false],
  ['O prazo acabou', ['pt', 'it'], true],
  ['o diez', ['es'], true],
  ['o diez', [], true],
  // What the answer's own language doubts with, or does not know.
  ['se baixar', ['pt'], true],
  ['se possibile', ['en'], true],
  // More of the language that doubts than of the answer's.
  ['o solo los diez de la oferta', ['pt'], true],
  // German for *still*, Dutch for *nor*.
  ['noch heute', ['de'], false],
  ['noch dit', ['nl'], true],
])('%j below an answer in %j: %j', (text, spoken, expected) => {
  expect(isDoubtful(text, spoken)).toBe(expected)
})
