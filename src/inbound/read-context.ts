import type { ReadContext } from '../replies/reading.ts'
import type { Asked } from './find-asked.ts'

/** What the reader is told about the question that a message answers; no questions when it answers none of ours. */
export function readContextFor({ asked }: Asked): ReadContext {
  return {
    questions: asked
      ? [
          {
            id: 'Q1',
            choices: asked.loaded.step.question.choices.map(({ result, keywords }) => ({ result, keywords })),
          },
        ]
      : [],
    locale: asked?.person.locale ?? 'en',
    brackets: '[]',
    sentText: null,
    learnedFooters: [],
  }
}
