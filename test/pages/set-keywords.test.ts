import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readDefinition } from '../../src/approvals/model/read-definition.ts'
import { type KeywordList, outlineOf } from '../../web/src/pages/processes/keywords/outline.ts'
import { setKeywords } from '../../web/src/pages/processes/keywords/set-keywords.ts'
import { examples } from '../support/sample-api.ts'

const example = (name: string) => readFileSync(join(examples, 'processes', `${name}.yaml`), 'utf8')

const choicesIn = (text: string) =>
  outlineOf(text)?.flatMap(({ questions }) => questions.flatMap(({ choices }) => choices)) ?? []

const listOf = (text: string, at: number, language: KeywordList['language']) =>
  choicesIn(text)[at]?.keywords.find((list) => list.language === language)?.words

describe('the keywords in the text of a definition', () => {
  test.each(['purchase', 'hire', 'investment'])('are changed in place, and nothing else of %s', (name) => {
    const text = example(name)
    const choices = choicesIn(text)
    expect(choices.length).toBeGreaterThan(3)
    for (const [at, { path, keywords }] of choices.entries()) {
      for (const { language, words } of keywords) {
        const changed = setKeywords(text, path, { language, words: [...words, 'Lavande'] })
        expect(listOf(changed, at, language)).toEqual([...words, 'Lavande'])
        expect(readDefinition(changed).definition).not.toBeNull()
        const [before, after] = [text, changed].map((one) => one.split('\n'))
        expect(after?.filter((line, index) => line !== before?.[index])).toHaveLength(1)
        // Put back, the text is what it was.
        expect(setKeywords(changed, path, { language, words })).toBe(text)
      }
    }
  })

  const written = (keywords: string) => `steps:
  - name: a
    title: A
    question:
      text: T
      choices:
        - result: "YES"
          keywords:${keywords}
          next: b # stays
`
  const path = ['steps', 0, 'question', 'choices', 0]

  test.each([
    [
      'on lines of their own',
      '\n            en:\n              - Yes\n              - Agreed\n            fr: [Oui]',
    ],
    ['in brackets', ' { en: ["Yes", Agreed], fr: [Oui] }'],
    ['of one language alone, in brackets', ' { en: ["Yes"] }'],
    ['of one language alone, on lines', '\n            en:\n              - Yes'],
    ['of French alone', '\n            fr: [Oui]'],
  ])('are set %s', (_, keywords) => {
    const text = written(keywords)
    for (const language of ['en', 'fr'] as const) {
      const other = language === 'en' ? 'fr' : 'en'
      const changed = setKeywords(text, path, { language, words: ['Sure', 'Go ahead'] })
      expect(listOf(changed, 0, language)).toEqual(['Sure', 'Go ahead'])
      expect(listOf(changed, 0, other)).toEqual(listOf(text, 0, other))
      expect(changed).toContain('          next: b # stays\n')
    }
  })

  test.each([' [Sure, Yes]', '\n            - Sure\n            - Yes'])(
    'of all languages stay one list: %j',
    (keywords) => {
      const changed = setKeywords(written(keywords), path, { language: 'all', words: ['OK'] })
      expect(changed).toBe(written(keywords.startsWith(' ') ? ' [OK]' : '\n            [OK]'))
    },
  )

  test('that YAML would take for something else are quoted', () => {
    const words = [
      'yes',
      'No',
      'null',
      '👍',
      'a: b',
      'c #d',
      '"',
      '[x]',
      '- y',
      ' ',
      '{{ item }}',
      'd’accord',
    ]
    const changed = setKeywords(written(' []'), path, { language: 'all', words })
    expect(listOf(changed, 0, 'all')).toEqual(words)
  })

  test('of a text that is no YAML, and of a choice that is not there', () => {
    expect(outlineOf('name: [')).toBeNull()
    expect(outlineOf('steps: 3')).toEqual([])
    expect(outlineOf('')).toEqual([])
    expect(() => setKeywords('steps: []', path, { language: 'en', words: [] })).toThrow('no choice')
  })
})
