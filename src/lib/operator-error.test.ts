import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { OperatorError } from './operator-error.ts'

const source = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(source, path), 'utf8')

/** Code → text. What is wrong with a variable is no code; `read-config.test.ts` looks after it. */
function texts(locale: string): Record<string, string> {
  const { variable, ...codes } = JSON.parse(read(`lib/locales/${locale}/operator.json`))
  return codes
}

const placeholders = (text = '') => [...text.matchAll(/\{\{(\w+)\}\}/g)].flatMap(([, name]) => name ?? [])

interface Made {
  place: string
  code: string
  values: string[]
}

/** Every `new OperatorError('code', { … })` of a file; a code that is chosen counts as each that it can be. */
function errorsMadeIn(path: string): Made[] {
  const made: Made[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'OperatorError') {
      const [code, given] = node.arguments ?? []
      const values =
        given && ts.isObjectLiteralExpression(given)
          ? given.properties.flatMap(({ name }) => name?.getText() ?? [])
          : []
      const codes = code && ts.isConditionalExpression(code) ? [code.whenTrue, code.whenFalse] : [code]
      for (const one of codes) {
        if (!one || !ts.isStringLiteral(one)) throw new Error(`${path}: a code that is not written out`)
        made.push({ place: path, code: one.text, values })
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true))
  return made
}

test('every code that is used has its text in both languages, and every text is used', () => {
  const files = globSync('**/*.ts', { cwd: source }).filter((path) => !path.endsWith('.test.ts'))
  const made = files.flatMap(errorsMadeIn)
  const codes = [...new Set(made.map(({ code }) => code))].sort()
  expect(codes).not.toHaveLength(0)
  for (const locale of ['en', 'fr']) {
    const found = texts(locale)
    expect(Object.keys(found).sort(), locale).toEqual(codes)
    for (const { place, code, values } of made)
      expect(values, `${place}: ${code}`).toEqual(expect.arrayContaining(placeholders(found[code])))
  }
})

test('it speaks each language, and to the log all of it in English', () => {
  const problem = { path: 'COUNTERSIGN_PORT', message: { en: 'must be a port', fr: 'doit être un port' } }
  const error = new OperatorError('key-empty', { source: '/run/key' }, { problems: [problem] })
  expect(error.text('fr')).toBe(
    '/run/key ne contient rien. Créez une clé avec «\u00a0openssl rand -base64 32\u00a0».',
  )
  expect(error.message).toBe(`${error.text('en')}\n- COUNTERSIGN_PORT must be a port`)
  expect(error.problems).toEqual([problem])
})
