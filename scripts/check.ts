/**
 * All that can be checked without running the product: types, lint and format, import rules, unused code, generated
 * files. Runs every check, shows what failed, and exits 1 if any did.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Outcome {
  name: string
  problem: string | null
}

function run(name: string, command: string, args: string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(join('node_modules', '.bin', command), args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return { name, problem: status === 0 ? null : `${stdout}${stderr}`.trim() || `exit code ${status}` }
}

/** dependency-cruiser that cannot read TypeScript cruises nothing and is content: no modules is a failure. */
function checkImports(): Outcome {
  const name = 'import rules'
  const roots = ['src', 'simulator/src', 'web/src']
  const { status, stdout, stderr } = spawnSync(
    join('node_modules', '.bin', 'depcruise'),
    ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...roots],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  const cruised = Number(/\((\d+) modules/.exec(stdout)?.[1] ?? /(\d+) modules/.exec(stdout)?.[1] ?? 0)
  const files = roots.flatMap((root) => readdirSync(root, { recursive: true, encoding: 'utf8' }))
  const sources = files.filter((file) => /\.tsx?$/.test(file)).length
  if (status !== 0) return { name, problem: `${stdout}${stderr}`.trim() }
  if (cruised < sources) return { name, problem: `cruised ${cruised} modules of ${sources} source files` }
  return { name, problem: null }
}

/** Only `config/` may read the environment (DESIGN section 3). */
function checkEnvironment(): Outcome {
  const readers = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('config'))
    .filter((file) => /process\.env|import\.meta\.env/.test(readFileSync(join('src', file), 'utf8')))
  const problem =
    readers.length === 0 ? null : `process.env is read outside src/config: ${readers.join(', ')}`
  return { name: 'environment', problem }
}

const outcomes = [
  run('types', 'tsc', ['-p', '.']),
  run('types of the pages', 'tsc', ['-p', 'web']),
  run('lint and format', 'biome', ['ci', '--error-on-warnings', '--colors=off', '.']),
  checkImports(),
  checkEnvironment(),
  run('unused code', 'knip', []),
  run('generated files', 'node', ['scripts/generate.ts', '--check']),
]
for (const { name, problem } of outcomes) {
  console.log(problem === null ? `ok      ${name}` : `FAILED  ${name}\n${problem}\n`)
}
process.exitCode = outcomes.some(({ problem }) => problem !== null) ? 1 : 0
