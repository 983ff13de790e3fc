import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { type ErrorCode, errorCodes, httpStatus } from '../lib/app-error.ts'

/**
 * The catalogue of codes, their texts, `docs/errors.md` and the places that throw them say the same. What is checked
 * here would otherwise show as a broken sentence, or as an error of ours, in front of somebody.
 */

const root = join(import.meta.dirname, '..', '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const texts = (locale: string) => JSON.parse(read(`src/lib/locales/${locale}/errors.json`))

/** Groups of texts that are no codes: parts of findings. */
const parts = ['field', 'problem', 'note']

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].flatMap(([, name]) => (name === undefined ? [] : [name])).sort()

const valuesOf = (code: string): string[] => placeholders(texts('en')[code].detail)

test.each(['en', 'fr'])('every code has a title and a detail in %s, and nothing else does', (locale) => {
  const found = texts(locale)
  expect(
    Object.keys(found)
      .filter((key) => !parts.includes(key))
      .sort(),
  ).toEqual([...errorCodes].sort())
  for (const code of errorCodes) {
    expect(Object.keys(found[code])).toEqual(['title', 'detail'])
    // RFC 9457, 3.1.3: a title does not change from one occurrence to another.
    expect(placeholders(found[code].title), code).toEqual([])
  }
})

test('docs/errors.md lists every code as it is, and no other', () => {
  const row = (code: ErrorCode) => {
    const values = valuesOf(code).map((value) => `\`${value}\``)
    return `| \`${code}\` | ${httpStatus(code)} | ${texts('en')[code].title} | ${values.join(', ') || '–'} |`
  }
  const listed = read('docs/errors.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  expect(listed).toEqual(errorCodes.map(row))
})

test('every place that makes an error gives the values that its text names, and every code is made somewhere', () => {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config
  const options = ts.convertCompilerOptionsFromJson(config.compilerOptions, root).options
  const program = ts.createProgram([join(root, 'src/main.ts')], options)
  const checker = program.getTypeChecker()
  const made = new Set<string>()
  const missing: string[] = []

  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText() === 'AppError') {
      const [code, values] = node.arguments ?? []
      const given = values ? checker.getPropertiesOfType(checker.getTypeAtLocation(values)) : []
      const names = given.map(({ name }) => name)
      for (const one of code ? literalsOf(checker.getTypeAtLocation(code)) : []) {
        made.add(one)
        const place = `${node.getSourceFile().fileName.slice(root.length + 1)}: ${one}`
        missing.push(
          ...valuesOf(one)
            .filter((value) => !names.includes(value))
            .map((value) => `${place} lacks ${value}`),
        )
      }
    }
    ts.forEachChild(node, visit)
  }
  const sources = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(join(root, 'src')))
  expect(sources.length).toBeGreaterThan(100)
  for (const source of sources) visit(source)

  expect(missing).toEqual([])
  expect(errorCodes.filter((code) => !made.has(code))).toEqual([])
})

/** A code that is computed has the type of all that it can be. */
function literalsOf(type: ts.Type): string[] {
  const types = type.isUnion() ? type.types : [type]
  return types.flatMap((one) => (one.isStringLiteral() ? [one.value] : []))
}
