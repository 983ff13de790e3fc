/**
 * The texts of the pages: both languages have the same keys and placeholders, each key is used somewhere, each key that
 * is used is there (the compiler sees to that: web/src/app/i18next.d.ts), and no text stands outside the catalogues.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const web = join(import.meta.dirname, '../../web/src')
const namespaces = readdirSync(join(web, 'locales/en'))

/** The texts of a namespace by key. Plural forms count as one key. */
function texts(locale: string, namespace: string): Map<string, string> {
  const found = new Map<string, string>()
  const walk = (node: unknown, path: string[]) => {
    if (typeof node === 'string') found.set(path.join('.').replace(/_(one|many|other)$/, ''), node)
    else for (const [key, value] of Object.entries(node as object)) walk(value, [...path, key])
  }
  walk(JSON.parse(readFileSync(join(web, 'locales', locale, namespace), 'utf8')), [])
  return found
}

const placeholders = (text: string) => [...text.matchAll(/\{\{.*?\}\}/g)].map((match) => match[0]).sort()

const sources = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('schema.ts') && !name.endsWith('.d.ts'))
  .map((name) => {
    const text = readFileSync(join(web, name), 'utf8')
    return { name, tree: ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true) }
  })

function walkTree(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  ts.forEachChild(node, (child) => walkTree(child, visit))
}

/** Every text and template in the sources, as an expression that a key it stands for matches. */
function mentions(): RegExp {
  const patterns = new Set<string>()
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  for (const { tree } of sources) {
    walkTree(tree, (node) => {
      if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))
        patterns.add(literal(node.text))
      if (ts.isTemplateExpression(node) && node.head.text.includes('.')) {
        patterns.add(
          literal(node.head.text) +
            node.templateSpans.map((span) => `[\\w.-]+${literal(span.literal.text)}`).join(''),
        )
      }
    })
  }
  return new RegExp(`^(?:[\\w-]+:)?(?:${[...patterns].join('|')})$`)
}

const isMentioned = mentions()

test('both languages have the same namespaces', () => {
  expect(namespaces).not.toHaveLength(0)
  expect(readdirSync(join(web, 'locales/fr'))).toEqual(namespaces)
})

describe.each(namespaces)('%s', (namespace) => {
  const english = texts('en', namespace)
  const french = texts('fr', namespace)

  test('has the same keys and placeholders in both languages, and no empty text', () => {
    expect([...french.keys()].sort()).toEqual([...english.keys()].sort())
    for (const [key, text] of english) {
      expect(placeholders(french.get(key) ?? ''), key).toEqual(placeholders(text))
      expect(`${text}${french.get(key)}`.trim(), key).not.toBe('')
    }
  })

  test('has no text that nothing shows', () => {
    const name = namespace.replace('.json', '')
    const unused = [...english.keys()].filter(
      (key) => !isMentioned.test(key) && !isMentioned.test(`${name}:${key}`),
    )
    expect(unused).toEqual([])
  })

  test('keeps to French typography', () => {
    for (const [key, text] of french) {
      expect(text, key).not.toMatch(/ [:;?!»]|« |\p{L}'\p{L}/u)
    }
  })

  test('has one French word for e-mail', () => {
    for (const [key, text] of french) expect(text, key).not.toMatch(/courriel/i)
  })
})

/** Properties whose text people read or hear. */
const spoken = new Set([
  'label',
  'title',
  'placeholder',
  'description',
  'alt',
  'aria-label',
  'aria-description',
])

test('no text stands outside the catalogues', () => {
  const found: string[] = []
  for (const { name, tree } of sources) {
    walkTree(tree, (node) => {
      if (ts.isJsxText(node) && /\p{L}/u.test(node.text)) found.push(`${name}: ${node.text.trim()}`)
      if (
        ts.isJsxAttribute(node) &&
        spoken.has(node.name.getText()) &&
        node.initializer &&
        ts.isStringLiteral(node.initializer) &&
        /\p{L}/u.test(node.initializer.text)
      ) {
        found.push(`${name}: ${node.getText()}`)
      }
    })
  }
  expect(found).toEqual([])
})
