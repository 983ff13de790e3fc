/** A red run must be seen as red: what the set-up of all tests loads may not change the runner's exit code. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'

// Inside the repository, where the test file finds vitest.
const folder = mkdtempSync(resolve('test/check/exit-code-'))
afterAll(() => rmSync(folder, { recursive: true }))

test.each([
  ['passes', 2, 0],
  ['fails', 3, 1],
])('a run that %s', (name, sum, exitCode) => {
  writeFileSync(
    join(folder, `${name}.test.ts`),
    `import { expect, test } from 'vitest'\ntest('one and one', () => expect(1 + 1).toBe(${sum}))\n`,
  )
  const config = join(folder, 'vitest.config.ts')
  const setup = JSON.stringify(resolve('test/support/global-setup.ts'))
  writeFileSync(
    config,
    `export default { test: { include: ['${name}.test.ts'], globalSetup: [${setup}] } }\n`,
  )
  const run = spawnSync(resolve('node_modules/.bin/vitest'), ['run', '--root', folder, '--config', config], {
    encoding: 'utf8',
    env: { ...process.env, VITEST_JSON_REPORT: '' },
  })
  expect(`${run.stdout}${run.stderr}`).toContain(exitCode === 0 ? '1 passed' : '1 failed')
  expect(run.status).toBe(exitCode)
})
