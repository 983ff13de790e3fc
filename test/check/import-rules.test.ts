/**
 * The import rules see what they forbid: a violation planted in a tree of its own is found, one a rule, and the same
 * tree without it passes. A check that cruises nothing would pass for both.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, expect, test } from 'vitest'

const trees: string[] = []

const roots = { 'simulator/src/main.ts': 'export {}\n', 'web/src/main.tsx': 'export {}\n' }

afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true })
})

function cruise(files: Record<string, string>): { status: number | null; output: string } {
  const tree = mkdtempSync(join(tmpdir(), 'import-rules-'))
  trees.push(tree)
  for (const [path, text] of Object.entries({ ...roots, ...files })) {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    writeFileSync(join(tree, path), text)
  }
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
    copyFileSync(file, join(tree, file))
  }
  const depcruise = resolve('node_modules/.bin/depcruise')
  const { status, stdout } = spawnSync(
    depcruise,
    ['--config', '.dependency-cruiser.cjs', 'src', 'simulator/src', 'web/src'],
    { cwd: tree, encoding: 'utf8' },
  )
  return { status, output: stdout }
}

const one = 'export const one = 1\n'
const importOf = (path: string) => `import { one } from '${path}'\nexport const two = one + 1\n`

test.each([
  ['lib', 'src/lib/a.ts', 'src/store/b.ts', '../store/b.ts'],
  ['replies', 'src/replies/a.ts', 'src/store/b.ts', '../store/b.ts'],
  ['trust', 'src/trust/a.ts', 'src/people/b.ts', '../people/b.ts'],
  ['model', 'src/approvals/model/a.ts', 'src/approvals/commands/b.ts', '../commands/b.ts'],
  ['ews', 'src/mail/ews/a.ts', 'src/mail/graph/b.ts', '../graph/b.ts'],
  ['api', 'src/api/a.ts', 'src/jobs/b.ts', '../jobs/b.ts'],
  ['cli', 'src/cli/a.ts', 'src/jobs/b.ts', '../jobs/b.ts'],
  ['only-app-constructs-adapters', 'src/mailboxes/a.ts', 'src/mail/ews/b.ts', '../mail/ews/b.ts'],
  ['pages', 'src/pages/a.ts', 'src/api/b.ts', '../api/b.ts'],
  ['web', 'web/src/a.ts', 'src/lib/b.ts', '../../src/lib/b.ts'],
  ['simulator', 'simulator/src/a.ts', 'src/lib/b.ts', '../../src/lib/b.ts'],
])('rule %s finds %s importing %s', (rule, from, to, path) => {
  const found = cruise({ [from]: importOf(path), [to]: one })
  expect(found.output).toContain(`error ${rule}: ${from} → ${to}`)
  expect(found.status).not.toBe(0)
})

test('a circle of imports is found', () => {
  const found = cruise({
    'src/lib/a.ts': importOf('./b.ts'),
    'src/lib/b.ts': "import { two } from './a.ts'\nexport const one = 1\nexport const three = () => two\n",
  })
  expect(found.output).toContain('error no-circular: src/lib/a.ts')
})

test('the same tree without a violation passes, and its modules were read', () => {
  const found = cruise({ 'src/api/a.ts': importOf('../lib/b.ts'), 'src/lib/b.ts': one })
  expect(found.output).toMatch(/no dependency violations found \(4 modules/)
  expect(found.status).toBe(0)
})
