import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const repository = join(import.meta.dirname, '..', '..')

interface Ended {
  code: number | string | null
  lines: string[]
  errors: string
}

/** `npm run demo -- --auto`, as a newcomer types it. */
function runDemo(environment: Record<string, string>, options = ['--auto']): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      'npm',
      ['run', 'demo', '--', ...options],
      { cwd: repository, env: { ...process.env, ...environment } },
      (error, stdout, stderr) =>
        resolve({
          code: error ? (error.code ?? null) : 0,
          lines: stdout.trimEnd().split('\n'),
          errors: stderr,
        }),
    )
  })
}

describe('npm run demo -- --auto', { timeout: 180_000 }, () => {
  test('decides a request by mail, and says so in one JSON line at its end', async () => {
    const { code, lines, errors } = await runDemo({ LC_ALL: 'C' })
    expect(errors).toBe('')
    expect(code).toBe(0)
    const { arrivalToDecisionMs, mailboxCalls, ...decided } = JSON.parse(lines.at(-1) ?? '')
    expect(decided).toEqual({
      request: '#1',
      action: '#1-1',
      result: 'YES',
      by: 'elodie.gagnon@contoso.example',
    })
    expect(arrivalToDecisionMs).toBeGreaterThanOrEqual(0)
    // Not what comes after the decision: putting the reply aside may be counted or not.
    expect(mailboxCalls).toMatchObject({ CreateItem: expect.any(Number), GetItem: expect.any(Number) })
  })

  test('ends with the reason when the server cannot start', async () => {
    const { code, lines, errors } = await runDemo({ LC_ALL: 'C', COUNTERSIGN_LOG_LEVEL: 'shouting' })
    expect(code).toBe(1)
    expect(errors).toContain('The demo failed: the server did not start')
    expect(errors).toMatch(/COUNTERSIGN_LOG_LEVEL.*must be one of/)
    expect(lines.at(-1)).not.toMatch(/^\{/)
  })

  test('says it in French to whom has a French machine', async () => {
    const { code, errors } = await runDemo({ LC_ALL: 'fr_FR.UTF-8', COUNTERSIGN_LOG_LEVEL: 'shouting' })
    expect(code).toBe(1)
    expect(errors).toContain('La démonstration a échoué')
  })

  test('tells how it is called, and what is wrong with a call', async () => {
    const help = await runDemo({ LC_ALL: 'C' }, ['--help'])
    expect(help).toMatchObject({ code: 0, errors: '' })
    expect(help.lines.join('\n')).toContain('--type TYPE')
    const wrong = await runDemo({ LC_ALL: 'fr_FR.UTF-8' }, ['--type', 'exchange'])
    expect(wrong.code).toBe(2)
    expect(wrong.errors).toContain('Le type exchange n’existe pas. Indiquez')
    expect(wrong.errors).toContain('--help')
  })
})
